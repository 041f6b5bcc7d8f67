"use strict";

// Everything that comes from the cluster reaches the page as text nodes only: a name is never markup.

const REFRESH_MILLIS = 2000;
const MOST_ROWS = 300;

const seen = new Map(); // path -> the text last received, so that what has not changed is not drawn again
const data = new Map(); // path -> the same, parsed
const opened = new Set(); // keys of the <details> that the reader has opened

function element(tag, attributes, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    made.setAttribute(name, value);
  }
  made.append(...children);
  return made;
}

const whole = new Intl.NumberFormat("en");
const huge = new Intl.NumberFormat("en", {notation: "scientific", maximumFractionDigits: 1});
const number = (n) => (n < 1e9 ? whole.format(n) : huge.format(n).replace("E", "×10^"));
const list = (values) => (values ?? []).join(", ");
const name = (text) => element("span", {class: "name"}, text);
const code = (text) => element("span", {class: "code"}, text);
const addresses = (values) => element("span", {class: "code lines"}, (values ?? []).join("\n"));
const faint = (text) => element("span", {class: "faint"}, text);
const state = (word, mood) => element("span", {class: "state " + mood}, word);

// What is asked for, and what is drawn from it. A section draws nothing until all that it needs has come.
const sections = {
  pools: {needs: ["pools"], title: "Pools", draw: (pools) => ({
    columns: ["Pool", "Use", "Priority", "Automatic"],
    rows: pools.map((pool) => [pool.name, [use("IPv4", pool.ipv4), use("IPv6", pool.ipv6)], priority(pool),
      pool.autoAssign ? "yes" : "on request only"]),
  })},
  namespaces: {needs: ["pools", "allocations"], title: "Namespaces", draw: (pools, services) => ({
    columns: ["Namespace", "Addresses", "From pools", "Services waiting"],
    rows: namespaces(pools, services).map((ns) => [ns.name, String(ns.addresses), list(ns.pools),
      ns.waiting ? state(String(ns.waiting), "bad") : ""]),
  })},
  allocations: {needs: ["allocations"], title: "Allocations", draw: (services) => ({
    columns: ["Service", "Addresses", "Pool", "Reason"],
    rows: services.map((service) => [service.namespace + "/" + service.name, addresses(service.addresses),
      name(service.pool ?? ""), why(service)]),
  })},
  peers: {needs: ["peers"], title: "BGP sessions", draw: (peers) => ({
    columns: ["Peer", "Address", "State", "Since", "Announced", "Why it is not up"],
    rows: peers.map((peer) => [peer.name, code(peer.address ?? ""), session(peer.state),
      peer.since ? new Date(peer.since).toLocaleString() : "", prefixes(peer.announced), peer.reason ?? ""]),
  })},
  routes: {needs: ["routes"], title: "Routes", draw: (routes) => ({
    columns: ["Prefix", "Node", "Peer", "Local preference", "Communities", "Services"],
    rows: routes.map((route) => [code(route.prefix), route.node ?? "", route.peer ?? "",
      route.localPref === undefined ? "" : String(route.localPref),
      code(list([...(route.communities ?? []), ...(route.largeCommunities ?? [])])), list(route.services)]),
  })},
};

function use(family, count) {
  if (!count || count.total === 0) {
    return "";
  }
  const ratio = count.assigned / count.total;
  const fill = element("div", {class: "fill" + (ratio >= 1 ? " full" : ratio >= 0.8 ? " high" : ratio > 0 ? "" : " none")});
  fill.style.width = (100 * ratio) + "%";
  return element("div", {class: "use"},
    element("p", {}, faint(family), number(count.assigned) + " of " + number(count.total)),
    element("div", {class: "track", "aria-hidden": "true"}, fill));
}

const priority = (pool) => (pool.priority ? String(pool.priority) : "last");

function namespaces(pools, services) {
  const found = new Map();
  const of = (name) => found.get(name) ?? found.set(name, {name, addresses: 0, pools: [], waiting: 0}).get(name);
  for (const pool of pools) {
    for (const [name, count] of Object.entries(pool.namespaces ?? {})) {
      of(name).addresses += count;
      of(name).pools.push(pool.name + " " + number(count));
    }
  }
  services.filter((service) => service.outcome === "Unassigned").forEach((service) => of(service.namespace).waiting++);
  return [...found.values()].sort((one, two) => (one.name < two.name ? -1 : 1));
}

function why(service) {
  const mood = service.outcome === "Assigned" ? (/^Kept./.test(service.reason) ? "warn" : "good")
    : service.outcome === "Unassigned" ? "bad" : "";
  const reason = state(service.reason ?? service.outcome, mood);
  if (!service.considered?.length) {
    return [reason, " ", faint(service.message ?? "")];
  }
  const key = service.namespace + "/" + service.name;
  const details = element("details", {}, element("summary", {}, reason, " ", faint(service.message ?? "")),
    element("ul", {}, ...service.considered.map((pool) =>
      element("li", {}, pool.pool + ": " + pool.verdict + " ", faint(pool.message ?? "")))));
  details.open = opened.has(key);
  details.addEventListener("toggle", () => (details.open ? opened.add(key) : opened.delete(key)));
  return details;
}

const session = (word) => state(word ?? "", word === "Established" ? "good" : word === "Idle" ? "bad" : "warn");
const prefixes = (count) => list(Object.entries(count ?? {}).map(([family, n]) => number(n) + " " + family));

function table({columns, rows}) {
  const cells = (row) => row.map((content, i) => {
    const inner = element("div", {}, ...[content].flat());
    return i === 0 ? element("th", {scope: "row"}, inner)
      : element("td", inner.textContent === "" ? {} : {"data-label": columns[i]}, inner);
  });
  return element("table", {},
    element("thead", {}, element("tr", {}, ...columns.map((column) => element("th", {scope: "col"}, column)))),
    element("tbody", {}, ...rows.map((row) => element("tr", {}, ...cells(row)))));
}

const textOf = (content) => [content].flat().map((part) => part.textContent ?? part).join(" ");

function show(name) {
  const {needs, title, draw} = sections[name];
  const section = document.getElementById(name);
  const inputs = needs.map((path) => data.get(path));
  section.hidden = inputs.includes(undefined);
  document.querySelector(`nav a[href="#${name}"]`).hidden = section.hidden;
  if (section.hidden) {
    return;
  }
  const wanted = document.getElementById("filter").value.trim().toLowerCase();
  const drawn = draw(...inputs);
  const rows = drawn.rows.filter((row) => row.some((content) => textOf(content).toLowerCase().includes(wanted)));
  const few = rows.slice(0, MOST_ROWS);
  const count = few.length === drawn.rows.length ? number(few.length)
    : number(few.length) + " of " + number(drawn.rows.length) + (few.length < rows.length ? ", filter to see others" : "");
  section.replaceChildren(element("h2", {}, title + " ", element("small", {}, count)),
    drawn.rows.length ? table({columns: drawn.columns, rows: few}) : faint("none"));
}

function showAll() {
  Object.keys(sections).forEach(show);
}

// Resolves to whether this part has changed since it was last asked for. A part that is not served here, or not known yet, is
// left out.
async function ask(path) {
  const answer = await fetch("api/v1/" + path, {headers: {Accept: "application/json"}});
  if (!answer.ok && answer.status !== 404 && answer.status !== 503) {
    throw new Error(path + ": " + answer.status);
  }
  const text = answer.ok ? await answer.text() : "";
  if (seen.get(path) === text) {
    return false;
  }
  if (answer.ok) {
    data.set(path, JSON.parse(text));
  } else {
    data.delete(path);
  }
  seen.set(path, text);
  return true;
}

async function askReady() {
  const answer = await fetch("readyz");
  const reasons = (await answer.text()).trim();
  say(answer.ok ? "ready" : "not ready: " + reasons.split("\n").join("; "), answer.ok ? "good" : "warn");
}

function say(word, mood) {
  const ready = document.getElementById("ready");
  if (ready.textContent !== word) {
    ready.textContent = word; // only when it has changed, since screen readers speak every change
    ready.className = "state " + mood;
  }
}

async function refresh() {
  if (!document.hidden) {
    try {
      const changed = await Promise.all(["pools", "allocations", "peers", "routes"].map(ask));
      if (changed.includes(true)) {
        showAll();
      }
      await askReady();
    } catch {
      say("no answer; what is shown may be old", "bad");
    }
  }
  setTimeout(refresh, REFRESH_MILLIS);
}

document.getElementById("filter").addEventListener("input", showAll);
document.addEventListener("keydown", (event) => {
  if (event.key === "/" && event.target === document.body) {
    event.preventDefault();
    document.getElementById("filter").focus();
  }
});
refresh();
