/* Starts Pyodide from its CDN. The lock file is the site's own, because some of the packages are:
   their names are given relative to it. */
importScripts("__CDN__pyodide.js");
const started = self.loadPyodide;
self.loadPyodide = async (options) => {
  const lock = await (await fetch(options.lockFileURL)).json();
  for (const each of Object.values(lock.packages)) {
    each.file_name = new URL(each.file_name, options.lockFileURL).href;
  }
  const lockFileURL = URL.createObjectURL(new Blob([JSON.stringify(lock)]));
  return started({ ...options, indexURL: "__CDN__", lockFileURL });
};
