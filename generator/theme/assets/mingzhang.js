/* Mingzhang: small conveniences. Every page is complete without this file. Load it in the head, without defer,
   so that a chosen palette is there before the first paint. */
(function () {
  "use strict";
  var root = document.documentElement;
  function stored(key, value) {
    try {
      if (value === undefined) return localStorage.getItem(key);
      localStorage.setItem(key, value);
    // storage is refused in private windows
    } catch (e) { return null; }
  }
  var theme = stored("mingzhang-theme");
  if (theme === "dark" || theme === "light") root.dataset.theme = theme;

  function each(selector, within, act) { Array.prototype.forEach.call(within.querySelectorAll(selector), act); }

  function palette(button) {
    var words = button.dataset.palette.split("|");
    function dark() {
      var chosen = root.dataset.theme;
      return chosen ? chosen === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
    }
    function show() { button.textContent = words[dark() ? 1 : 0]; }
    button.hidden = false;
    button.addEventListener("click", function () {
      root.dataset.theme = dark() ? "light" : "dark";
      stored("mingzhang-theme", root.dataset.theme);
      show();
    });
    show();
  }

  /* A form with data-filter="id" hides what does not match inside the element with that id. A select named "area"
     looks at data-area (tokens divided by spaces); elements without the attribute always stay. */
  function filter(form) {
    var target = document.getElementById(form.dataset.filter), selects = form.querySelectorAll("select");
    if (!target) return;
    function apply() {
      var left = 0, seen = [];
      Array.prototype.forEach.call(selects, function (select) {
        each("[data-" + select.name + "]", target, function (item) { if (seen.indexOf(item) < 0) seen.push(item); });
      });
      seen.forEach(function (item) {
        item.hidden = Array.prototype.some.call(selects, function (select) {
          var tokens = item.getAttribute("data-" + select.name);
          return select.value && tokens && tokens.split(" ").indexOf(select.value) < 0;
        });
        if (!item.hidden) left += 1;
      });
      each("[data-empty]", document, function (note) {
        if (note.dataset.empty === target.id) note.hidden = left > 0;
      });
      if (form.id) stored("mingzhang-" + form.id, Array.prototype.map.call(selects, function (s) { return s.value; }).join("|"));
    }
    var before = form.id && stored("mingzhang-" + form.id);
    if (before) before.split("|").forEach(function (value, i) {
      if (selects[i] && Array.prototype.some.call(selects[i].options, function (o) { return o.value === value; })) selects[i].value = value;
    });
    form.hidden = false;
    form.addEventListener("change", apply);
    form.addEventListener("submit", function (event) { event.preventDefault(); });
    apply();
  }

  function copy(button) {
    if (!navigator.clipboard) return;
    button.hidden = false;
    button.addEventListener("click", function () {
      var from = document.getElementById(button.dataset.copy), words = button.textContent;
      navigator.clipboard.writeText(from.textContent).then(function () {
        button.textContent = button.dataset.done || words;
        setTimeout(function () { button.textContent = words; }, 2000);
      });
    });
  }

  document.addEventListener("DOMContentLoaded", function () {
    // Opened from a disk there is no server that answers for a folder with its index.html.
    if (location.protocol === "file:") each("a[href]", document, function (link) {
      link.href = link.getAttribute("href").replace(/(^|\/)(?=$|#)/, function (all, slash, at, whole) {
        return /^(https?|mailto|tel):|^#/.test(whole) ? all : slash + "index.html";
      });
    });
    each("[data-palette]", document, palette);
    each("form[data-filter]", document, filter);
    each("[data-copy]", document, copy);
    each("[data-print]", document, function (button) {
      button.hidden = false;
      button.addEventListener("click", function () { print(); });
    });
    /* a printed page shows what is folded, but not the table of a chart that is printed beside it */
    addEventListener("beforeprint", function () {
      each("details", document, function (d) { if (!d.closest("figure")) d.open = true; });
    });
  });
})();
