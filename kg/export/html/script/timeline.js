// The time strip: statements by date as bars, two sliders that bound a stretch, and play.
const MOST_BINS = 160;
const PLAY_STEP = 500;
const time = { bins: [], unit: "day", timer: 0 };

const stamp = (day) => new Date(day * 864e5).toISOString().slice(0, 10);

// The calendar units that cover the days seen, as fine as the strip has room for.
function makeBins() {
  const days = column.day.filter((day) => day !== UNDATED);
  if (!days.length) return;
  let [low, high] = [Infinity, -Infinity];
  for (const day of days) {
    low = Math.min(low, day);
    high = Math.max(high, day);
  }
  const first = new Date(low * 864e5);
  const months = (high - low) / 30.4;
  time.unit = high - low < MOST_BINS / 2 ? "day" : high - low < MOST_BINS * 3 ? "week" : months < MOST_BINS ? "month" : "year";
  const years = Math.ceil((high - low) / 365 / MOST_BINS) || 1;
  const start = (n) => {
    if (time.unit === "day") return low + n;
    // Weeks begin on Monday; the first day of 1970 was a Thursday.
    if (time.unit === "week") return low - ((low + 3) % 7) + 7 * n;
    if (time.unit === "month") return Date.UTC(first.getUTCFullYear(), first.getUTCMonth() + n, 1) / 864e5;
    return Date.UTC(first.getUTCFullYear() + n * years, 0, 1) / 864e5;
  };
  for (let n = 0; start(n) <= high; n += 1) time.bins.push({ from: start(n), to: start(n + 1) - 1 });
}

function binOf(day) {
  let [low, high] = [0, time.bins.length - 1];
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (time.bins[middle].from <= day) low = middle;
    else high = middle - 1;
  }
  return low;
}

function binWords(from, to) {
  const cut = time.unit === "month" ? 7 : time.unit === "year" ? 4 : 10;
  const [one, other] = [stamp(time.bins[from].from).slice(0, cut), stamp(time.bins[to].to).slice(0, cut)];
  return one === other ? dateWords(one) : dateWords(`${one}/${other}`);
}

function setTime(from, to) {
  const all = from === 0 && to === time.bins.length - 1;
  filter.from = all ? null : time.bins[from].from;
  filter.to = all ? null : time.bins[to].to;
  changed({ quick: Boolean(time.timer) });
}

const timeEnds = () => (filter.from === null ? [0, time.bins.length - 1] : [binOf(filter.from), binOf(filter.to)]);

function drawBars() {
  const counts = time.bins.map(() => 0);
  let undated = 0;
  const ends = { "-1": 0, 1: 0 };
  const others = ~BITS.time;
  for (let i = 0; i < rows.length; i += 1) {
    if (fails[i] & others) continue;
    if (beyond[i]) ends[beyond[i]] += 1;
    if (column.day[i] === UNDATED) undated += 1;
    else counts[binOf(column.day[i])] += 1;
  }
  const most = Math.max(1, ...counts);
  const [from, to] = timeEnds();
  const path = (test) => counts.map((n, i) => (n && test(i) ? `M${i + 0.1} 32v${-Math.max(1.5, (32 * n) / most).toFixed(2)}h.8V32z` : "")).join("");
  byId("barsIn").setAttribute("d", path((i) => i >= from && i <= to));
  byId("barsOut").setAttribute("d", path((i) => i < from || i > to));
  const words = binWords(from, to);
  byId("timeText").textContent = words;
  const notes = [
    ends[-1] ? count("earlier", ends[-1]) : "",
    ends[1] ? count("later", ends[1]) : "",
    undated ? count("undatedCount", undated) : "",
  ];
  byId("undated").textContent = notes.filter(Boolean).join(" · ");
  for (const [id, value] of [["timeFrom", from], ["timeTo", to]]) {
    byId(id).value = String(value);
    byId(id).setAttribute("aria-valuetext", binWords(value, value));
  }
  byId("wholeTime").hidden = filter.from === null;
}

function stopPlay() {
  window.clearInterval(time.timer);
  time.timer = 0;
  byId("play").textContent = "▶";
  byId("play").setAttribute("aria-label", texts.play);
  changed();
}

// Lets time pass from the first bar on, or from where the stretch begins, one bar at a time.
function play() {
  if (time.timer) {
    stopPlay();
    return;
  }
  const [from, to] = timeEnds();
  let at = to >= time.bins.length - 1 ? from : to + 1;
  byId("play").textContent = "❚❚";
  byId("play").setAttribute("aria-label", texts.pause);
  time.timer = window.setInterval(() => {
    at += 1;
    if (at >= time.bins.length - 1) {
      setTime(from, time.bins.length - 1);
      stopPlay();
    } else setTime(from, at);
  }, PLAY_STEP);
  setTime(from, at);
}

function buildTime() {
  makeBins();
  byId("time").hidden = time.bins.length < 2;
  if (time.bins.length < 2) return;
  const bars = byId("bars");
  bars.setAttribute("viewBox", `0 0 ${time.bins.length} 32`);
  bars.append(svg("path", { id: "barsOut" }), svg("path", { id: "barsIn" }));
  for (const id of ["timeFrom", "timeTo"]) {
    byId(id).max = String(time.bins.length - 1);
    byId(id).addEventListener("input", () => {
      if (time.timer) stopPlay();
      const [from, to] = [Number(byId("timeFrom").value), Number(byId("timeTo").value)];
      if (id === "timeFrom") setTime(Math.min(from, to), to);
      else setTime(from, Math.max(from, to));
    });
  }
  byId("play").addEventListener("click", play);
  byId("wholeTime").addEventListener("click", () => {
    if (time.timer) stopPlay();
    setTime(0, time.bins.length - 1);
    byId("play").focus();
  });
}

function syncTime() {
  if (time.bins.length > 1) drawBars();
}
