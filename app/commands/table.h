// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>
#include <variant>
#include <vector>

#include <nlohmann/json_fwd.hpp>

#include "engine/evaluation/bootstrap.h"

namespace CLI {
class App;
}

namespace lacuna::cli {

struct Chosen;

/// A number as people read it; files get all of its digits.
struct Figure {
    double value = 0;
    int decimals = 3;
};
struct FigureInterval {
    Interval interval{};
    int decimals = 3;
};
/// Nothing, text, a count, a number, or a number with its 95 % interval.
using Cell = std::variant<std::monostate, std::string, std::int64_t, Figure, FigureInterval>;

struct Table {
    std::vector<std::string> columns{};
    std::vector<std::vector<Cell>> rows{}; ///< each with as many cells as columns
};

std::string to_text(const Table&);  ///< aligned columns
std::string to_csv(const Table&);   ///< RFC 4180; an interval is three columns: name, name low, name high
std::string to_latex(const Table&); ///< a tabular of booktabs
/// One object for each row; intervals are {"value", "low", "high"}, what is not finite is null.
nlohmann::ordered_json to_json(const Table&);

enum class TableForm { Text, Csv, Latex, Json };
/// --json, --csv and --latex of a command that prints tables.
void add_table_forms(CLI::App&, TableForm&, Chosen&);

/// A table with what else there is to say, to standard output. As text: the sentences below the table. As JSON: one
/// line, `more` with the rows under "rows". CSV and LaTeX are the table alone.
void print(const Table&, TableForm, const std::vector<std::string>& sentences,
           const nlohmann::ordered_json& more);

} // namespace lacuna::cli
