/* What happens in the browser itself: the scheme, the phone's menu, the live address, controls that speak while they move,
   tables behind pictures, and bars that are dragged. Nothing here decides what a number means. */
(function () {
  "use strict";
  var small = window.matchMedia("(max-width: 760px)");

  if (!/(^|; )scheme=/.test(document.cookie)) {
    remember(window.matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light");
  }
  function remember(scheme) {
    document.cookie = "scheme=" + scheme + "; path=/; max-age=31536000; samesite=strict";
  }

  /* Every colour of a figure that belongs to the one palette becomes its twin in the other. */
  function recolour(value, twins) {
    if (typeof value === "string") {
      if (Object.prototype.hasOwnProperty.call(twins, value)) { return twins[value]; }
      return value.indexOf("<span") < 0 ? value : value.replace(/color:(#[0-9a-f]{6})/g, function (whole, colour) {
        return "color:" + (twins[colour] || colour);
      });
    }
    if (Array.isArray(value)) { return value.map(function (item) { return recolour(item, twins); }); }
    if (value && typeof value === "object") {
      var out = {};
      Object.keys(value).forEach(function (key) { out[key] = recolour(value[key], twins); });
      return out;
    }
    return value;
  }

  /* The part of a page that the address names is on it only once the page is drawn, too late for the browser to go there. */
  function goThere() {
    var card = new URLSearchParams(window.location.search).get("card");
    var part = document.getElementById(window.location.hash.slice(1))
      || (card && document.querySelector("[data-testid='card-" + CSS.escape(card) + "']"));
    if (part) { part.scrollIntoView(); }
  }
  window.addEventListener("_dashprivate_pushstate", function () { window.setTimeout(goThere, 0); });

  var GBP = [[1e9, "bn"], [1e6, "m"], [1e3, "k"]];
  function digits(value, count) {
    var size = Math.abs(value);
    if (size >= 100 || Number.isInteger(size)) { return Math.round(size).toLocaleString("en-GB"); }
    return size === 0 ? "0" : String(parseFloat(size.toPrecision(count)));
  }
  var WORDS = {"weeks": "weeks", "hours": "hours", "hours/week": "hours a week", "people": "people", "GBP/week": "a week",
    "GBP/year": "a year", "GBP/hour": "an hour", "GBP/g": "a gram", "GBP/person": "a person", "g": "g", "kg": "kg", "mg": "mg",
    "g/week": "g a week", "1/week": "a week", "1/year": "a year", "years": "years", "months": "months", "index": "points", "km": "km"};
  function spoken(value, unit) {
    var text;
    if (unit === "share") { text = Math.round(value * 100) + "%"; }
    else if (unit.indexOf("GBP") === 0) {
      var size = Math.abs(value), scale = GBP.find(function (row) { return size >= row[0] * 0.9995; });
      text = scale ? "£" + parseFloat((size / scale[0]).toPrecision(2)) + scale[1] : "£" + (size >= 10 ? Math.round(size) : size.toFixed(2));
    } else { text = digits(value, 2); }
    if (value < 0) { text = "−" + text; }
    var word = WORDS[unit];
    if (value === 1 && /^(weeks|hours|years|months)$/.test(unit)) { word = unit.slice(0, -1); }
    return word ? text + " " + word : text;
  }

  /* Which sections are unfolded stands in the address; pictures are fitted when theirs opens, and print opens them all. */
  var printed = null;
  function unfolded(address) {
    var parts = document.querySelectorAll("details[data-fold]");
    if (!address || !parts.length) { return address; }
    var names = [], left = address.split("?")[1] || "";
    parts.forEach(function (part) { if (part.open) { names.push(part.getAttribute("data-fold")); } });
    left = left.split("&").filter(function (pair) { return pair && pair.indexOf("open=") !== 0; });
    if (names.length) { left.push("open=" + names.join(",")); }
    return address.split("?")[0] + (left.length ? "?" + left.join("&") : "");
  }
  function sayUnfolded() {
    var here = window.location.pathname + window.location.search, next = unfolded(here);
    if (next !== here) { window.history.replaceState(window.history.state, "", next); }
  }
  document.addEventListener("toggle", function (event) {
    if (!event.target.matches || !event.target.matches("details[data-fold]")) { return; }
    if (event.target.open) { window.dispatchEvent(new Event("resize")); }
    if (!printed) { sayUnfolded(); }
  }, true);
  window.addEventListener("beforeprint", function () {
    printed = Array.prototype.filter.call(document.querySelectorAll("details"), function (part) { return !part.open; });
    printed.forEach(function (part) { part.open = true; });
    window.dispatchEvent(new Event("resize"));
  });
  window.addEventListener("afterprint", function () {
    (printed || []).forEach(function (part) { part.open = false; });
    /* what is folded by hand meanwhile is said afterwards */
    window.setTimeout(function () { printed = null; sayUnfolded(); }, 200);
  });

  var waiting = null, shownPath = null;
  window.dash_clientside = Object.assign({}, window.dash_clientside, {
    spanner: {
      scheme: function (clicks, scheme, swaps, figures) {
        var next = scheme === "dark" ? "light" : "dark", from = next === "dark" ? 0 : 1, twins = {};
        swaps.forEach(function (pair) { twins[pair[from]] = pair[1 - from]; });
        remember(next);
        var toggle = document.querySelector("#scheme-toggle .icon");
        if (toggle) { toggle.style.setProperty("--drawing", "url(/assets/icons/" + (next === "dark" ? "sun" : "moon") + ".svg)"); }
        return [next, next, figures.map(function (figure) { return figure ? recolour(figure, twins) : figure; })];
      },
      opened: function (shown) {
        if (shown && shown.title) { document.title = shown.title; }
        window.setTimeout(guide, 0);
        window.setTimeout(goThere, 0);
        /* the first page may be drawn after its menu was opened: only leaving a page closes the menu */
        var left = shownPath !== null && shownPath !== window.location.pathname;
        shownPath = window.location.pathname;
        return left ? false : window.dash_clientside.no_update;
      },
      burger: function (opened, navbar) {
        return Object.assign({}, navbar, {collapsed: {mobile: !opened}});
      },
      address: function (address) {
        address = unfolded(address);
        /* a page that was left before it was drawn must not take the address back */
        var same = address && address.split("?")[0] === window.location.pathname;
        if (same && address !== window.location.pathname + window.location.search) {
          window.history.replaceState(window.history.state, "", address);
        }
        return window.dash_clientside.no_update;
      },
      said: function (value) {
        var input = window.dash_clientside.callback_context.inputs_list[0];
        var part = document.querySelector('[data-testid="' + input.id.key + '"][data-unit]');
        if (value === null || value === undefined || !part) { return window.dash_clientside.no_update; }
        return spoken(value, part.getAttribute("data-unit"));
      },
      /* Values of all controls of one panel, once they have rested for a moment. */
      rested: function () {
        var context = window.dash_clientside.callback_context, inputs = context.inputs_list[0];
        var panel = document.querySelector("[data-panel]");
        /* a panel drawn afresh triggers with all its controls at once; a hand moves one */
        if (!inputs.length || !panel || context.triggered.length !== 1) { return window.dash_clientside.no_update; }
        var found = {};
        inputs.forEach(function (item) { found[item.id.key] = item.value; });
        var data = {values: found, panel: panel.getAttribute("data-panel"), at: Date.now()};
        window.clearTimeout(waiting);
        waiting = window.setTimeout(function () {
          window.dash_clientside.set_props("plan-controls", {data: data});
        }, 220);
        return window.dash_clientside.no_update;
      },
      change: function (clicks) {
        if (!clicks) { return window.dash_clientside.no_update; }
        return false;
      }
    }
  });

  var dragged = 0;
  document.addEventListener("click", function (event) {
    var bar = event.target.closest(".lane-track .bar");
    if (bar && Date.now() - dragged > 250) {
      window.dash_clientside.set_props("plan-drag", {data: {chosen: true, bar: Number(bar.getAttribute("data-bar")), at: Date.now()}});
      return;
    }
    var button = event.target.closest("[data-toggle]");
    if (!button) { return; }
    var part = document.getElementById(button.getAttribute("data-toggle"));
    if (!part) { return; }
    part.hidden = !part.hidden;
    button.setAttribute("aria-expanded", part.hidden ? "false" : "true");
    button.setAttribute("aria-label", part.hidden ? "Show the table" : "Hide the table");
  });
  document.addEventListener("keydown", function (event) {
    if (event.key === "Escape" && small.matches) {
      var burger = document.getElementById("burger");
      if (burger && burger.getAttribute("data-opened")) { burger.click(); burger.focus(); }
    }
  });

  /* The tour: which step one is at is remembered by the browser; a first visit to the start page begins it. */
  function at(step) {
    try {
      if (step !== undefined) { window.localStorage.setItem("tour", String(step)); }
      return window.localStorage.getItem("tour");
    } catch (refused) { return "end"; }
  }
  function guide() {
    var strip = document.getElementById("tour");
    if (!strip) { return; }
    if (at() === null && window.location.pathname === "/") { at(0); }
    var now = at(), steps = strip.querySelectorAll(".tour-step"), here = now === null || now === "end" ? -1 : Number(now);
    strip.hidden = !(here >= 0 && here < steps.length);
    steps.forEach(function (step, place) { step.hidden = place !== here; });
    strip.querySelector('[data-tour="back"]').disabled = here === 0;
    strip.querySelector('[data-tour="next"]').hidden = here === steps.length - 1;
  }
  /* The page is changed without loading it anew; where it is not there yet to be changed, the browser goes itself. */
  function go(path) {
    var step = at();
    window.setTimeout(function () {
      if (window.location.pathname !== path && at() === step) { window.location.assign(path); }
    }, 1500);
    try {
      window.dash_clientside.set_props("address", {pathname: path, search: ""});
    } catch (early) { return; }
  }
  document.addEventListener("click", function (event) {
    var pressed = event.target.closest("[data-tour]");
    if (!pressed) { return; }
    var what = pressed.getAttribute("data-tour"), steps = document.querySelectorAll("#tour .tour-step");
    var next = what === "start" ? 0 : what === "end" ? "end" : Number(at()) + (what === "next" ? 1 : -1);
    at(next);
    guide();
    if (what === "end") { document.getElementById("page").focus(); return; }
    if (what === "start") { document.querySelector('#tour [data-tour="next"]').focus(); return; }
    if (steps[next].getAttribute("data-path") !== window.location.pathname) {
      go(steps[next].getAttribute("data-path"));
    }
    if (next === steps.length - 1) { document.querySelector('#tour [data-tour="end"]').focus(); }
    if (next === 0) { document.querySelector('#tour [data-tour="next"]').focus(); }
  });

  /* Bars on the timeline: dragged, stretched at their ends, or moved with the arrow keys. */
  var drag = null;
  function weeksOf(bar) {
    var line = bar.closest(".timeline"), track = bar.closest(".lane-track");
    return {total: Number(line.getAttribute("data-weeks")), pixels: track.getBoundingClientRect().width};
  }
  function place(bar, start, end, total) {
    bar.style.left = start / total * 100 + "%";
    bar.style.width = (end - start) / total * 100 + "%";
  }
  function tell(bar, start, end) {
    window.dash_clientside.set_props("plan-drag", {data: {
      bar: Number(bar.getAttribute("data-bar")), start: start, end: end, at: Date.now()}});
  }
  document.addEventListener("pointerdown", function (event) {
    var bar = event.target.closest(".lane-track .bar");
    if (!bar || event.button !== 0) { return; }
    var box = bar.getBoundingClientRect(), size = weeksOf(bar);
    var near = Math.min(10, box.width / 4);
    drag = {bar: bar, x: event.clientX, total: size.total, pixels: size.pixels, moved: false,
      start: Number(bar.getAttribute("data-start")), end: Number(bar.getAttribute("data-end")),
      how: event.clientX - box.left < near ? "start" : box.right - event.clientX < near ? "end" : "whole"};
    drag.now = [drag.start, drag.end];
    bar.setPointerCapture(event.pointerId);
  });
  document.addEventListener("pointermove", function (event) {
    if (!drag) { return; }
    var by = Math.round((event.clientX - drag.x) / drag.pixels * drag.total);
    if (Math.abs(event.clientX - drag.x) > 3) { drag.moved = true; }
    if (!drag.moved) { return; }
    drag.now = shifted(drag.start, drag.end, by, drag.how, drag.total);
    place(drag.bar, drag.now[0], drag.now[1], drag.total);
  });
  function shifted(start, end, by, how, total) {
    if (how === "start") { return [Math.max(0, Math.min(start + by, end - 1)), end]; }
    if (how === "end") { return [start, Math.max(start + 1, Math.min(end + by, total))]; }
    var kept = Math.max(-start, Math.min(by, total - end));
    return [start + kept, end + kept];
  }
  function finish() {
    if (!drag) { return; }
    var done = drag;
    drag = null;
    if (done.moved) { dragged = Date.now(); }
    if (done.moved && (done.now[0] !== done.start || done.now[1] !== done.end)) { tell(done.bar, done.now[0], done.now[1]); }
    else if (done.moved) { place(done.bar, done.start, done.end, done.total); }
  }
  document.addEventListener("pointerup", finish);
  document.addEventListener("pointercancel", finish);
  document.addEventListener("keydown", function (event) {
    var bar = event.target.closest ? event.target.closest(".lane-track .bar") : null;
    if (!bar || (event.key !== "ArrowLeft" && event.key !== "ArrowRight")) { return; }
    event.preventDefault();
    var by = (event.key === "ArrowRight" ? 1 : -1) * (event.ctrlKey ? 13 : 1);
    var now = shifted(Number(bar.getAttribute("data-start")), Number(bar.getAttribute("data-end")), by,
      event.shiftKey ? "end" : event.altKey ? "start" : "whole", weeksOf(bar).total);
    tell(bar, now[0], now[1]);
  });
}());
