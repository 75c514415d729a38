"""What a Python program calls inside a run of a Multirun sweep.

    from multirun import get_run_params, post_run_results

    params = get_run_params()
    post_run_results({"energy": simulate(**params)})

The runner puts this module on the run's ``PYTHONPATH``. It is one file without dependencies, for Python 3.8 and later,
so it can also be copied beside a program that shall run where Multirun is not installed.

What JSON can hold is written as JSON (``results.json``), and more than Python's own ``json`` takes:

==============================================  ========================================================
a Python object                                 in results.json
==============================================  ========================================================
dict and other mappings                         object; keys that are numbers, booleans, None become text
list, tuple, deque, range                       array
set, frozenset                                  array, sorted
dataclass instance, named tuple                 object with its fields
enum member                                     its value
NumPy scalar or array (and what resembles one)  number, text, boolean, array of these
NaN, Infinity, -Infinity                        the text "NaN", "Infinity", "-Infinity"
date, time, datetime                            text in ISO 8601
timedelta                                       its seconds, a number
path, Decimal, UUID                             text
==============================================  ========================================================

JSON has no word for NaN and the infinities; these texts keep the file valid, and both ``float("NaN")`` in Python and
``Number("NaN")`` in JavaScript read them back. An object with anything else in it (a trained model, bytes, complex
numbers, a cycle) is pickled as a whole to ``results.pkl``, and ``results.json`` beside it shows a short description in
the place of each part that JSON cannot hold.
"""

from __future__ import annotations

import collections.abc
import enum
import json
import math
import os
import sys
import time

# Many runs are short, so this module imports no more than it needs. The name is known to type checkers.
TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, Callable, Mapping, Optional

__all__ = ["getRunParams", "get_run_params", "postRunResults", "post_run_results"]


def get_run_params(default: Optional[Mapping[str, Any]] = None) -> dict[str, Any]:
    """Return the parameters of this run.

    Args:
        default: The parameters when the program was not started by Multirun. Inside a run it has no effect.

    Raises:
        RuntimeError: The program was not started by Multirun and there is no ``default``, or the file with the
            parameters cannot be read.
    """
    path = os.environ.get("MULTIRUN_PARAMS")
    if not path:
        if default is not None:
            return dict(default)
        raise RuntimeError(
            "this program was not started by Multirun: the environment variable MULTIRUN_PARAMS is not set. "
            "To run it alone, write the parameters as JSON to a file and set MULTIRUN_PARAMS to its path, "
            "or give parameters for this case: get_run_params(default={...})"
        )
    try:
        with open(path, encoding="utf-8") as file:
            params = json.load(file)
    except (OSError, ValueError) as error:
        raise RuntimeError(f"cannot read the parameters of this run from {path}: {error}") from error
    if not isinstance(params, dict):
        raise RuntimeError(f"the parameters of this run in {path} are no JSON object")
    return params


def post_run_results(results: Any) -> None:
    """Hand the results of this run back: any object that JSON or pickle can hold.

    See the module's description for what becomes of which type. The files appear whole or not at all; of several calls
    the last one counts. When the program was not started by Multirun, the results are printed instead.

    Integers are written with all their digits; readers that know no integers beyond 2**53, such as JavaScript and
    Multirun's own tables, round them.

    Raises:
        TypeError: A part of the results can neither be written as JSON nor be pickled. What JSON can hold has been
            written then.
        OSError: A file cannot be written.
    """
    converter = _Converter()
    plain = converter.convert(results, "results")
    path = os.environ.get("MULTIRUN_RESULTS")
    if not path:
        print(_dump(plain, sys.stdout.encoding or "ascii"))
        return
    content = (_dump(plain, "utf-8") + "\n").encode("utf-8")
    pickle_path = os.path.splitext(path)[0] + ".pkl"
    if not converter.misfits:
        _write_whole(path, content)
        # An earlier call may have left one, which says something else by now.
        _remove(pickle_path)
        return
    import pickle

    try:
        pickled = pickle.dumps(results, protocol=4)
    except Exception as error:
        _write_whole(path, content)
        _remove(pickle_path)
        raise TypeError(
            "these results can be written neither as JSON "
            f"({', '.join(converter.misfits[:5])}) nor as a pickle: {error}"
        ) from error
    _write_whole(pickle_path, pickled)
    _write_whole(path, content)


getRunParams = get_run_params
postRunResults = post_run_results


class _Converter:
    """Turns an object into what JSON can hold, and notes what it could not turn."""

    def __init__(self) -> None:
        self.misfits: list[str] = []
        """Where something was that JSON cannot hold, and what."""
        self._open: set[int] = set()

    def convert(self, value: Any, path: str) -> Any:
        if value is None or value is True or value is False:
            return value
        # Before str and int: members of a mixed-in enum are these as well.
        if isinstance(value, enum.Enum):
            return self.convert(value.value, path)
        if isinstance(value, str):
            return str.__str__(value)
        if isinstance(value, int):
            # Larger ones are infinite for readers whose numbers are doubles.
            return int(value) if value.bit_length() <= 1023 else self._misfit(value, path)
        if isinstance(value, float):
            return _number(float(value))
        if _is_a(value, "datetime", "date", "time"):
            return value.isoformat()
        if _is_a(value, "datetime", "timedelta"):
            return value.total_seconds()
        if _is_a(value, "decimal", "Decimal") or _is_a(value, "uuid", "UUID"):
            return str(value)
        if isinstance(value, os.PathLike):
            return os.fsdecode(value)
        if id(value) in self._open:
            return self._misfit(value, path)
        self._open.add(id(value))
        try:
            return self._compound(value, path)
        finally:
            self._open.discard(id(value))

    def _compound(self, value: Any, path: str) -> Any:
        if hasattr(type(value), "__dataclass_fields__"):
            names = [field.name for field in sys.modules["dataclasses"].fields(value)]
            return {name: self.convert(getattr(value, name, None), f"{path}.{name}") for name in names}
        if isinstance(value, tuple) and hasattr(value, "_fields"):
            return {name: self.convert(getattr(value, name), f"{path}.{name}") for name in value._fields}
        if isinstance(value, collections.abc.Mapping):
            return self._mapping(value, path)
        if isinstance(value, collections.abc.Set):
            return [self.convert(item, f"{path}{{…}}") for item in _sorted(value)]
        if isinstance(value, (bytes, bytearray, memoryview)):
            return self._misfit(value, path)
        if isinstance(value, (collections.abc.Sequence, collections.abc.ValuesView)):
            return [self.convert(item, f"{path}[{index}]") for index, item in enumerate(value)]
        if _is_array(value):
            return self._array(value, path)
        return self._misfit(value, path)

    def _mapping(self, value: Mapping[Any, Any], path: str) -> Any:
        result: dict[str, Any] = {}
        for key, item in value.items():
            name = _key(key)
            if name is None or name in result:
                return self._misfit(value, path)
            result[name] = self.convert(item, f"{path}[{key!r}]")
        return result

    def _array(self, value: Any, path: str) -> Any:
        kind = getattr(value.dtype, "kind", "")
        if kind == "M":
            # tolist() gives bare integers for nanoseconds.
            value = value.astype(str)
        elif kind == "m":
            value = value.astype("timedelta64[us]")
        plain = value.tolist()
        # Numbers longer than a double are their own plain value.
        return _number(float(plain)) if hasattr(plain, "dtype") else self.convert(plain, path)

    def _misfit(self, value: Any, path: str) -> str:
        self.misfits.append(f"{path} is of type {type(value).__qualname__}")
        try:
            text = repr(value)
        except Exception:
            text = object.__repr__(value)
        return text if len(text) <= 200 else text[:199] + "…"


def _is_a(value: Any, module: str, *names: str) -> bool:
    """Whether it is an instance of one of these classes; of a module that nobody has imported there are none."""
    loaded = sys.modules.get(module)
    return any(isinstance(value, getattr(loaded, name, ())) for name in names)


def _number(value: float) -> Any:
    if math.isfinite(value):
        return value
    return "NaN" if math.isnan(value) else "Infinity" if value > 0 else "-Infinity"


def _is_array(value: Any) -> bool:
    """Whether it is a NumPy scalar or array, or resembles one; an index beside the values would be lost."""
    return hasattr(value, "dtype") and callable(getattr(value, "tolist", None)) and not hasattr(value, "index")


def _key(key: Any) -> Optional[str]:
    converter = _Converter()
    plain = converter.convert(key, "")
    if converter.misfits or isinstance(plain, (list, dict)):
        return None
    return plain if isinstance(plain, str) else json.dumps(plain)


def _sorted(values: Any) -> list[Any]:
    try:
        return sorted(values)
    except TypeError:
        return sorted(values, key=lambda value: (type(value).__name__, repr(value)))


def _dump(value: Any, encoding: str) -> str:
    """As people like to read it: on several lines where it is not long, in plain letters where `encoding` has them."""
    text = json.dumps(value, ensure_ascii=False, allow_nan=False)
    indent = 2 if len(text) <= 4000 else None
    if indent:
        text = json.dumps(value, ensure_ascii=False, allow_nan=False, indent=indent)
    try:
        text.encode(encoding)
    except UnicodeEncodeError:
        # Half of a surrogate pair, which no encoding has, or a terminal of few letters.
        text = json.dumps(value, allow_nan=False, indent=indent)
    return text


def _write_whole(path: str, content: bytes) -> None:
    """Write a file that appears whole or not at all."""
    folder, name = os.path.split(path)
    temporary = os.path.join(folder, f".{name}.{os.getpid()}-{time.monotonic_ns()}.tmp")
    try:
        with open(temporary, "xb") as file:
            file.write(content)
        _on_windows_again(lambda: os.replace(temporary, path))
    except BaseException:
        _remove(temporary)
        raise


def _remove(path: str) -> None:
    try:
        _on_windows_again(lambda: os.remove(path))
    except FileNotFoundError:
        pass


def _on_windows_again(operation: Callable[[], None]) -> None:
    """On Windows a file that somebody reads at this moment can neither be replaced nor removed."""
    deadline = time.monotonic() + 2
    while True:
        try:
            return operation()
        except PermissionError:
            if sys.platform != "win32" or time.monotonic() > deadline:
                raise
            time.sleep(0.01)
