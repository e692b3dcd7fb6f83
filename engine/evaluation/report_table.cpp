// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/evaluation/report_table.h"

#include <algorithm>
#include <cmath>
#include <iomanip>
#include <locale>
#include <sstream>

#include <nlohmann/json.hpp>

namespace lacuna {

namespace {

std::string fixed(double value, int decimals)
{
    std::ostringstream out;
    out.imbue(std::locale::classic());
    out << std::fixed << std::setprecision(decimals) << value;
    return out.str();
}

std::string cell_text(const ReportColumn& column, const std::optional<Interval>& cell)
{
    if (!cell || !std::isfinite(cell->value))
        return "-";
    std::string text = fixed(cell->value, column.decimals);
    if (column.interval)
        text += " [" + fixed(cell->low, column.decimals) + ", " + fixed(cell->high, column.decimals) + "]";
    return text;
}

/// All cells as text, the names of rows first; the first line are the headings.
std::vector<std::vector<std::string>> lines_of(const ReportTable& table)
{
    std::vector<std::vector<std::string>> lines{{"", "pictures"}};
    for (const ReportColumn& column : table.columns)
        lines.front().push_back(column.name);
    for (const ReportRow& row : table.rows) {
        lines.push_back({row.name, std::to_string(row.pictures)});
        for (std::size_t c = 0; c < table.columns.size(); ++c)
            lines.back().push_back(cell_text(table.columns[c], row.cells[c]));
    }
    return lines;
}

nlohmann::ordered_json number(double value)
{
    return std::isfinite(value) ? nlohmann::ordered_json(value) : nlohmann::ordered_json(nullptr);
}

} // namespace

std::string to_text(const ReportTable& table)
{
    const std::vector<std::vector<std::string>> lines = lines_of(table);
    std::vector<std::size_t> widths(lines.front().size(), 0);
    for (const auto& line : lines)
        for (std::size_t c = 0; c < line.size(); ++c)
            widths[c] = std::max(widths[c], line[c].size());
    std::string text = table.title + "\n";
    for (const auto& line : lines) {
        std::string row;
        for (std::size_t c = 0; c < line.size(); ++c) {
            const std::string pad(widths[c] - line[c].size(), ' ');
            row += c == 0 ? line[c] + pad : "  " + pad + line[c];
        }
        text += row.substr(0, row.find_last_not_of(' ') + 1) + "\n";
    }
    return table.note.empty() ? text : text + table.note + "\n";
}

std::string to_markdown(const ReportTable& table)
{
    const std::vector<std::vector<std::string>> lines = lines_of(table);
    std::string text = "### " + table.title + "\n\n";
    for (std::size_t l = 0; l < lines.size(); ++l) {
        text += "|";
        for (const std::string& cell : lines[l])
            text += " " + cell + " |";
        text += "\n";
        if (l == 0) {
            text += "|---|";
            for (std::size_t c = 1; c < lines[l].size(); ++c)
                text += "---:|";
            text += "\n";
        }
    }
    return table.note.empty() ? text : text + "\n" + table.note + "\n";
}

std::string to_json(const ReportTable& table)
{
    nlohmann::ordered_json json{{"id", table.id}, {"title", table.title}, {"note", table.note}};
    json["columns"] = nlohmann::ordered_json::array();
    for (const ReportColumn& column : table.columns)
        json["columns"].push_back(column.name);
    json["rows"] = nlohmann::ordered_json::array();
    for (const ReportRow& row : table.rows) {
        nlohmann::ordered_json cells = nlohmann::ordered_json::array();
        for (std::size_t c = 0; c < table.columns.size(); ++c) {
            const std::optional<Interval>& cell = row.cells[c];
            if (!cell)
                cells.push_back(nullptr);
            else if (table.columns[c].interval)
                cells.push_back({{"value", number(cell->value)},
                                 {"low", number(cell->low)},
                                 {"high", number(cell->high)}});
            else
                cells.push_back({{"value", number(cell->value)}});
        }
        json["rows"].push_back({{"name", row.name}, {"pictures", row.pictures}, {"cells", cells}});
    }
    return json.dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace);
}

} // namespace lacuna
