// Sorts and filters the table of students. Without this script it is a plain table, of a class of
// thousands with the first ones only.
"use strict";
// From here on the style sheet lays out the first rows only: of a large class the others take most
// of the time that the page needs to open.
document.documentElement.classList.add("scripted");
document.addEventListener("DOMContentLoaded", () => {
  const FIRST = 100; // as in the style sheet
  const STEP = 5000; // rows that a browser lays out in about a second
  const table = document.getElementById("class");
  const body = table.tBodies[0];
  const filter = document.getElementById("filter");
  const remark = document.getElementById("remark");
  const more = document.getElementById("more");
  const status = document.getElementById("status");
  const rest = document.getElementById("rest");
  const collator = new Intl.Collator(undefined, { numeric: true });
  const pattern = body.rows.length ? body.rows[0].cloneNode(true) : null;
  // A record holds the texts of a row's cells, and after them the student's full name.
  const records = [...body.rows].map(read).concat(rest ? JSON.parse(rest.textContent) : []);
  const remarks = records.length ? records[0].length - 3 : 0;
  let texts = null;
  let most = FIRST;

  function read(row) {
    const [student, ...others] = row.cells;
    const name = student.querySelector(".soft");
    const cells = others.map((cell) => cell.textContent.trim());
    return [student.firstChild.data.trim(), ...cells, name ? name.textContent : ""];
  }

  function drawn(record) {
    const row = pattern.cloneNode(true);
    [...row.cells].forEach((cell, column) => { cell.textContent = record[column]; });
    const name = record[record.length - 1];
    if (name) {
      const soft = document.createElement("span");
      soft.className = "soft";
      soft.textContent = name;
      row.cells[0].append(" ", soft);
    }
    return row;
  }

  function searched([student, ...cells]) {
    return [`${student} ${cells.pop()}`, ...cells].join("\n");
  }

  function found() {
    const wanted = filter.value.trim().toLocaleLowerCase();
    if (wanted) {
      texts ??= new Map(records.map((one) => [one, searched(one).toLocaleLowerCase()]));
    }
    return records.filter((one) =>
      (!wanted || texts.get(one).includes(wanted)) &&
      (!remark.value || one[remarks].includes(remark.value)));
  }

  function show() {
    const all = found();
    const shown = all.slice(0, most);
    body.replaceChildren(...shown.map(drawn));
    const left = all.length - shown.length;
    more.hidden = !left;
    more.textContent = left > STEP ? `Show ${STEP.toLocaleString("en")} more`
      : `Show all ${all.length.toLocaleString("en")}`;
    status.textContent =
      `${shown.length.toLocaleString("en")} of ${all.length.toLocaleString("en")} shown`;
  }

  function anew() {
    most = FIRST;
    show();
  }

  function sort(head) {
    const column = head.cellIndex;
    const numbers = !head.classList.contains("text");
    // Points are looked at from the top, names from A.
    const first = numbers ? "descending" : "ascending";
    const other = numbers ? "ascending" : "descending";
    const direction = head.getAttribute("aria-sort") === first ? other : first;
    for (const each of head.parentNode.cells) each.removeAttribute("aria-sort");
    head.setAttribute("aria-sort", direction);
    const sign = direction === "ascending" ? 1 : -1;
    records.sort((a, b) => {
      const [x, y] = [a[column], b[column]];
      if (!x || !y) return !x - !y; // what is empty comes last, either way
      return sign * (numbers ? x - y : collator.compare(x, y));
    });
    show();
  }

  for (const head of table.tHead.rows[0].cells) {
    const button = document.createElement("button");
    button.type = "button";
    button.append(...head.childNodes);
    button.addEventListener("click", () => sort(head));
    head.append(button);
  }
  let pause;
  filter.addEventListener("input", () => {
    clearTimeout(pause);
    pause = setTimeout(anew, 120);
  });
  remark.addEventListener("change", anew);
  more.addEventListener("click", () => { most += STEP; show(); });
  document.querySelector(".tools").hidden = false;
  document.getElementById("unscripted")?.remove();
  show();
  document.documentElement.classList.remove("scripted");
});
