"""The expectation behind every check that is a query: no row comes back.

Great Expectations has one for queries too; it runs each query twice, once for the rows and once for
their number. On a hundred thousand articles that is most of the time of all checks.
"""

from __future__ import annotations

from typing import Any, ClassVar

from great_expectations.core.metric_domain_types import MetricDomainTypes
from great_expectations.execution_engine.sqlalchemy_execution_engine import SqlAlchemyExecutionEngine
from great_expectations.expectations.expectation import BatchExpectation
from great_expectations.expectations.metrics.metric_provider import MetricProvider, metric_value
from great_expectations.validator.metric_configuration import MetricConfiguration
from great_expectations.validator.validator import ValidationDependencies

SAMPLE_ROWS = 5
_METRIC = "unexpected_rows.counted"


class CountedUnexpectedRows(MetricProvider):
    """(number of rows, the first of them) of a query."""

    metric_name = _METRIC
    value_keys = ("unexpected_rows",)
    domain_keys = ("batch_id",)

    @metric_value(engine=SqlAlchemyExecutionEngine)
    def _sqlalchemy(
        cls,  # noqa: N805 - the decorator makes a class method of it
        execution_engine: SqlAlchemyExecutionEngine,
        metric_domain_kwargs: dict[str, Any],
        metric_value_kwargs: dict[str, Any],
        **_unused: Any,
    ) -> tuple[int, list[dict[str, Any]]]:
        query = metric_value_kwargs["unexpected_rows"]
        with execution_engine.get_connection() as connection:
            result = connection.exec_driver_sql(f"SELECT * FROM ({query}) LIMIT {SAMPLE_ROWS}")
            rows = [dict(row) for row in result.mappings()]
            # Counted only where there are more: nearly every check finds nothing.
            if len(rows) < SAMPLE_ROWS:
                return len(rows), rows
            counted = connection.exec_driver_sql(f"SELECT count(*) FROM ({query})")
            return int(counted.scalar_one()), rows


class ExpectNoUnexpectedRows(BatchExpectation):
    """Fails where the query gives a row; the result shows their number and the first of them."""

    unexpected_rows: str

    domain_type: ClassVar[MetricDomainTypes] = MetricDomainTypes.TABLE
    metric_dependencies: ClassVar[tuple[str, ...]] = (_METRIC,)
    success_keys: ClassVar[tuple[str, ...]] = ("unexpected_rows",)
    domain_keys: ClassVar[tuple[str, ...]] = ("batch_id",)

    def get_validation_dependencies(
        self, execution_engine: Any = None, runtime_configuration: Any = None
    ) -> ValidationDependencies:
        """The one metric. What Great Expectations would work out from the fields takes it milliseconds."""
        metric = MetricConfiguration(
            _METRIC, {"batch_id": self.batch_id}, {"unexpected_rows": self.unexpected_rows}
        )
        return ValidationDependencies(
            {_METRIC: metric}, (runtime_configuration or {}).get("result_format", {})
        )

    def _validate(
        self, metrics: dict[str, Any], runtime_configuration: Any = None, execution_engine: Any = None
    ) -> dict[str, Any]:
        count, rows = metrics[_METRIC]
        found = {"unexpected_count": count, "partial_unexpected_list": rows}
        return {"success": count == 0, "result": found}
