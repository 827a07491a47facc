/* Starts Pyodide, from the CDN or from beside this file. The lock file is the site's own, and some of
   its packages are, too: their names are given relative to it. What notebooks import is imported here
   already: once the kernel works in the visitor's folder, each import looks there first, and every
   look is a request. */
const CDN = "__CDN__";
let started;

self.loadPyodide = async (options) => {
  const indexURL = CDN || options.indexURL;
  if (!started) {
    delete self.loadPyodide;
    importScripts(indexURL + "pyodide.js");
    started = self.loadPyodide;
  }
  const lock = await (await fetch(options.lockFileURL)).json();
  for (const each of Object.values(lock.packages)) {
    each.file_name = new URL(each.file_name, options.lockFileURL).href;
  }
  const lockFileURL = URL.createObjectURL(new Blob([JSON.stringify(lock)]));
  const pyodide = await started({ ...options, indexURL, lockFileURL });
  // Not IPython, nor what asks for its shell: the kernel prepares those imports itself.
  await pyodide.runPythonAsync(`
import os
os.environ["MPLBACKEND"] = "module://matplotlib_inline.backend_inline"
import tqdm
tqdm.tqdm.monitor_interval = 0  # its watch is a thread, and there are none here
import matplotlib.pyplot
`);
  return pyodide;
};
