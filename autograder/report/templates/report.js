// Sorts and filters the table of students. Without this script it is a plain table.
"use strict";
// From here on the style sheet lays out the first rows only: of a large class the others take most
// of the time that the page needs to open.
document.documentElement.classList.add("scripted");
document.addEventListener("DOMContentLoaded", () => {
  const FIRST = 100; // as in the style sheet
  const table = document.getElementById("class");
  const body = table.tBodies[0];
  const filter = document.getElementById("filter");
  const remark = document.getElementById("remark");
  const more = document.getElementById("more");
  const status = document.getElementById("status");
  const collator = new Intl.Collator(undefined, { numeric: true });
  const rows = [...body.rows];
  const remarks = rows.length ? rows[0].cells.length - 2 : 0;
  let all = rows.length <= FIRST;

  const value = (row, column) => row.cells[column].textContent.trim();

  function show() {
    const wanted = filter.value.trim().toLocaleLowerCase();
    const found = rows.filter((row) =>
      (!wanted || row.textContent.toLocaleLowerCase().includes(wanted)) &&
      (!remark.value || value(row, remarks).includes(remark.value)));
    const shown = all ? found : found.slice(0, FIRST);
    body.replaceChildren(...shown);
    more.hidden = shown.length === found.length;
    more.textContent = `Show all ${found.length.toLocaleString("en")}`;
    status.textContent =
      `${shown.length.toLocaleString("en")} of ${found.length.toLocaleString("en")} shown`;
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
    const keys = new Map(rows.map((row) => [row, value(row, column)]));
    rows.sort((a, b) => {
      const [x, y] = [keys.get(a), keys.get(b)];
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
    pause = setTimeout(show, 120);
  });
  remark.addEventListener("change", show);
  more.addEventListener("click", () => { all = true; show(); });
  document.querySelector(".tools").hidden = false;
  show();
  document.documentElement.classList.remove("scripted");
});
