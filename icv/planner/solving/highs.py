"""HiGHS, behind the plain model: the one module that loads a solver, for the planner's own process alone."""

from collections.abc import Callable
from dataclasses import replace
from math import inf

import highspy
import numpy as np

from icv.planner.solving.model import Answer, Model

THREADS = 1
"""The same on every instance: HiGHS keeps one pool for the process and refuses to run beside another size."""

FEASIBLE = highspy.SolutionStatus.kSolutionStatusFeasible
STOPPED = (highspy.HighsModelStatus.kInterrupt, highspy.HighsModelStatus.kTimeLimit)


class Highs:
    """Stops soon after `stop` says so, with the best it has; nothing else limits it by the clock."""

    def __init__(self, stop: Callable[[], bool]) -> None:
        self.stop = stop

    def relaxed(self, model: Model) -> Answer:
        highs = self._loaded(model)
        highs.run()
        is_best = highs.getModelStatus() == highspy.HighsModelStatus.kOptimal
        value = highs.getInfo().objective_function_value
        return _answer(highs, value, value if is_best else -inf, is_found=is_best)

    def whole(self, model: Model, *, most_nodes: int, gap: float = 0.0) -> Answer:
        highs = self._loaded_whole(model)
        highs.setOptionValue("mip_rel_gap", 0.0)
        highs.setOptionValue("mip_abs_gap", gap)
        highs.setOptionValue("mip_max_nodes", most_nodes)
        highs.run()
        return _whole_answer(highs)

    def at_a_glance(self, model: Model, seed: int) -> Answer:
        """HiGHS jumps about for a feasible point before it solves anything: it is let do no more."""
        highs = self._loaded_whole(model)
        highs.setOptionValue("random_seed", seed)
        highs.cbMipInterrupt.subscribe(_end_once_bounded)
        highs.run()
        return replace(_whole_answer(highs), was_stopped=self.stop())

    def _loaded_whole(self, model: Model) -> highspy.Highs:
        highs = self._loaded(model)
        kinds = [
            highspy.HighsVarType.kInteger if whole else highspy.HighsVarType.kContinuous
            for whole in model.is_whole
        ]
        highs.changeColsIntegrality(len(kinds), np.arange(len(kinds), dtype=np.int32), np.array(kinds))
        return highs

    def _loaded(self, model: Model) -> highspy.Highs:
        highs = highspy.Highs()  # type: ignore[no-untyped-call]
        highs.setOptionValue("output_flag", False)
        highs.setOptionValue("threads", THREADS)
        highs.cbSimplexInterrupt.subscribe(self._asked)
        highs.cbMipInterrupt.subscribe(self._asked)
        highs.passModel(_matrix(model))
        return highs

    def _asked(self, event: highspy.highs.HighsCallbackEvent) -> None:
        if self.stop():
            event.interrupt()


def _end_once_bounded(event: highspy.highs.HighsCallbackEvent) -> None:
    if event.data_out.mip_dual_bound > -inf:
        event.interrupt()


def _whole_answer(highs: highspy.Highs) -> Answer:
    info = highs.getInfo()
    is_found = highspy.SolutionStatus(info.primal_solution_status) == FEASIBLE
    return _answer(highs, info.objective_function_value, info.mip_dual_bound, is_found=is_found)


def _matrix(model: Model) -> highspy.HighsLp:
    matrix = highspy.HighsLp()
    matrix.num_col_, matrix.num_row_ = len(model.cost), len(model.row_least)
    matrix.col_cost_ = np.array(model.cost, dtype=np.double)
    matrix.col_lower_ = np.array(model.least, dtype=np.double)
    matrix.col_upper_ = np.array(model.most, dtype=np.double)
    matrix.row_lower_ = np.array(model.row_least, dtype=np.double)
    matrix.row_upper_ = np.array(model.row_most, dtype=np.double)
    matrix.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
    matrix.a_matrix_.start_ = np.array(model.starts, dtype=np.int32)
    matrix.a_matrix_.index_ = np.array(model.columns, dtype=np.int32)
    matrix.a_matrix_.value_ = np.array(model.factors, dtype=np.double)
    return matrix


def _answer(highs: highspy.Highs, value: float, bound: float, *, is_found: bool) -> Answer:
    solution = highs.getSolution()
    return Answer(
        values=solution.col_value if is_found else [],
        value=value,
        bound=bound,
        prices=solution.col_dual if is_found else [],
        was_stopped=highs.getModelStatus() in STOPPED,
    )
