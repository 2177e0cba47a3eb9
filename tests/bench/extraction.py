"""Speed, growth and quality of extraction, measured: python tests/bench/extraction.py [--quick] (or make bench)

- speed: onrecord and quantulum3 over the same text, in turn, five times, one process each; quantulum3 is installed into
  an environment of its own, build/quantulum3, the first time;
- growth: one article's text from 10 kB to 10 MB, and hostile texts up to 1 MB, in time per character, with the largest as
  a multiple of the least;
- quality: the scores of `quality.py` beside their floor, where ../shared/bench is.

Time is processor time, so that other work on the machine counts little; that is fair to both engines, since each runs in
one thread, waits for nothing and has loaded all it needs before its watch starts. Each text is read once: a newspaper's
articles are new, so what is remembered of a text must not count. The ratio is the median of those of the turns, each of
which has both engines one right after the other. The texts are those of ../shared/bench where it is, else made by
`texts.py`. --quick: one turn, nothing above 1 MB, hostile texts up to 100 kB.
"""

import json
import platform
import statistics
import subprocess
import sys
import tempfile
import venv
from collections.abc import Sequence
from pathlib import Path

from quality import BENCH
from quality import main as quality
from texts import HOSTILE, generated, grown, stored
from turn import ENGINES
from typer import echo

ROOT = Path(__file__).resolve().parents[2]
TURN = Path(__file__).with_name("turn.py")
QUANTULUM = ROOT / "build" / "quantulum3"
PINNED = "quantulum3==0.10.0"
SAMPLE = 200_000  # characters for both engines: quantulum3 takes seven seconds for it
LONGEST = 10_000  # characters of an article: longer texts are interviews, of which both engines' rates say another thing
SIZES = (10_000, 100_000, 1_000_000, 10_000_000)
LIMIT = 300  # seconds; what takes longer is told as such
TARGETS = "target: 1000 kB/s, 35 times quantulum3; a spread of at most 1.5"


def quantulum_python() -> str | None:
    """The interpreter of quantulum3's own environment, which is made when it is not there; None without a network."""
    python = QUANTULUM / ("Scripts" if sys.platform == "win32" else "bin") / "python"
    if not python.exists():
        echo(f"installing {PINNED} into {QUANTULUM.relative_to(ROOT)} ...", err=True)
        venv.create(QUANTULUM, with_pip=True)
    have = subprocess.run([python, "-c", "import quantulum3"], capture_output=True, check=False).returncode == 0
    if not have and subprocess.run([python, "-m", "pip", "install", "--quiet", PINNED], check=False).returncode:
        return None
    return str(python)


def run(python: str, engine: str, texts: Sequence[str], repeats: int = 1) -> dict[str, float] | None:
    """One turn in a process of its own; None where it takes longer than the limit."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "texts.json"
        path.write_text(json.dumps(texts), "utf-8")
        try:
            command = [python, "-W", "ignore", str(TURN), engine, str(path), str(repeats)]
            done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True, timeout=LIMIT)
        except subprocess.TimeoutExpired:
            return None
    result: dict[str, float] = json.loads(done.stdout)
    return result


def machine() -> str:
    """The processor and the Python, as the numbers mean little without them."""
    cpuinfo = Path("/proc/cpuinfo")
    lines = cpuinfo.read_text("utf-8").splitlines() if cpuinfo.exists() else []
    model = next((line.split(":", 1)[1].strip() for line in lines if line.startswith("model name")), platform.processor())
    return f"{model}, {platform.system()} {platform.machine()}, Python {platform.python_version()}"


def articles() -> list[str]:
    """Real articles, where there are any."""
    real = BENCH / "data" / "wikinews.jsonl"
    return stored(real) if real.exists() else generated(SAMPLE)


def sample() -> list[str]:
    """About `SAMPLE` characters of those of an article's length, spread evenly over all."""
    texts = [text for text in articles() if len(text) <= LONGEST]
    return texts[:: max(1, sum(map(len, texts)) // SAMPLE)]


def rate(texts: Sequence[str], taken: dict[str, float]) -> str:
    """Kilobytes and articles a second, as a line shows them."""
    return f"{kilobytes(texts) / taken['processor']:8.1f} kB/s {len(texts) / taken['processor']:8.1f} articles/s"


def kilobytes(texts: Sequence[str]) -> float:
    return sum(len(text.encode("utf-8")) for text in texts) / 1000


def speed(turns: int) -> None:
    """Both engines in turn over a sample, the median of their turns; then onrecord alone over all articles."""
    texts = sample()
    pythons = {"onrecord": sys.executable, "quantulum3": quantulum_python()}
    times: dict[str, list[float]] = {name: [] for name in ENGINES}
    echo(f"\nspeed: {len(texts)} articles, {kilobytes(texts):.0f} kB, each read once, one core, {turns} turns")
    for turn in range(1, turns + 1):
        for name, python in pythons.items():
            taken = run(python, name, texts) if python else None
            if taken:
                times[name].append(taken["processor"])
                echo(f"  turn {turn}  {name:12} {rate(texts, taken)}")
    for name, values in times.items():
        if values:
            echo(f"  median  {name:12} {kilobytes(texts) / statistics.median(values):8.1f} kB/s")
    if all(times.values()):
        ratios = [theirs / ours for ours, theirs in zip(times["onrecord"], times["quantulum3"], strict=False)]
        echo(f"  ratio   {statistics.median(ratios):.1f}")
    else:
        echo("  no ratio: quantulum3 could not be installed")
    everything = articles()
    taken = run(sys.executable, "onrecord", everything)
    if taken:
        echo(f"  all {len(everything)} articles, {kilobytes(everything):.0f} kB: {rate(everything, taken)}")


def growth(sizes: Sequence[int], hostile: Sequence[int]) -> None:
    """Time per character as one article's text grows, and as hostile texts do."""
    article = max(sample(), key=len)
    echo(f"\none article's text repeated: ns of processor time per character\n{_columns(sizes)}")
    _per_character("one article", [grown(article, size) for size in sizes])
    echo(f"\nhostile texts: ns of processor time per character\n{_columns(hostile)}")
    for name, text in HOSTILE.items():
        _per_character(name, [text(size) for size in hostile])


def _columns(sizes: Sequence[int]) -> str:
    return f"  {'':22}" + "".join(f"{size // 1000:>7} kB" for size in sizes) + f"{'spread':>10}"


def _per_character(name: str, texts: Sequence[str]) -> None:
    each: list[float] = []
    for text in texts:
        taken = run(sys.executable, "onrecord", [text], repeats=max(1, min(20, 500_000 // len(text))))
        if taken is None:
            echo(f"  {name:22} more than {LIMIT} s for {len(text)} characters")
            return
        each.append(taken["processor"] / len(text) * 1e9)
    echo(f"  {name:22}" + "".join(f"{value:10.0f}" for value in each) + f"{max(each) / min(each):10.2f}")


def main(options: Sequence[str]) -> int:
    """Measure everything and print it; the exit code is that of the quality."""
    quick = "--quick" in options
    echo(machine())
    echo(TARGETS)
    speed(1 if quick else 5)
    growth(SIZES[:3] if quick else SIZES, SIZES[:2] if quick else SIZES[:3])
    echo("\nquality")
    return quality([])


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
