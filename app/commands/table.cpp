// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/commands/table.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <iostream>

#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>

#include "app/commands/commands.h"
#include "app/commands/console.h"

namespace lacuna::cli {

using Json = nlohmann::ordered_json;

namespace {

bool has_interval(const Table& table, std::size_t column)
{
    return std::any_of(table.rows.begin(), table.rows.end(), [&](const std::vector<Cell>& row) {
        return std::holds_alternative<FigureInterval>(row[column]);
    });
}

std::string figure(double value, int decimals)
{
    return std::isnan(value)   ? "-"
           : std::isinf(value) ? (value > 0 ? "inf" : "-inf")
                               : fixed(value, decimals);
}

std::string shortest(double value)
{
    if (!std::isfinite(value))
        return "";
    std::array<char, 32> text{};
    const auto [end, error] = std::to_chars(text.data(), text.data() + text.size(), value);
    return std::string(text.data(), end);
}

struct ReadableCell {
    std::string operator()(std::monostate) const { return "-"; }
    std::string operator()(const std::string& text) const { return text; }
    std::string operator()(std::int64_t count) const { return std::to_string(count); }
    std::string operator()(const Figure& f) const { return figure(f.value, f.decimals); }
    std::string operator()(const FigureInterval& f) const
    {
        return figure(f.interval.value, f.decimals) + " [" + figure(f.interval.low, f.decimals) + ", "
               + figure(f.interval.high, f.decimals) + "]";
    }
};

struct JsonCell {
    static Json number(double value) { return std::isfinite(value) ? Json(value) : Json(); }
    Json operator()(std::monostate) const { return {}; }
    Json operator()(const std::string& text) const { return text; }
    Json operator()(std::int64_t count) const { return count; }
    Json operator()(const Figure& f) const { return number(f.value); }
    Json operator()(const FigureInterval& f) const
    {
        return {{"value", number(f.interval.value)},
                {"low", number(f.interval.low)},
                {"high", number(f.interval.high)}};
    }
};

std::string quoted(const std::string& text)
{
    if (text.find_first_of(",\"\r\n") == std::string::npos)
        return text;
    std::string out = "\"";
    for (const char c : text)
        out += c == '"' ? std::string("\"\"") : std::string(1, c);
    return out + "\"";
}

/// The three columns of an interval; a plain cell fills the first.
std::array<std::string, 3> csv_cells(const Cell& cell)
{
    if (const auto* f = std::get_if<FigureInterval>(&cell))
        return {shortest(f->interval.value), shortest(f->interval.low), shortest(f->interval.high)};
    if (const auto* f = std::get_if<Figure>(&cell))
        return {shortest(f->value), "", ""};
    if (std::holds_alternative<std::monostate>(cell))
        return {};
    return {quoted(std::visit(ReadableCell{}, cell)), "", ""};
}

std::string latex_text(const std::string& text)
{
    std::string out;
    for (const char c : text)
        if (c == '\\')
            out += "\\textbackslash{}";
        else if (c == '~' || c == '^')
            out += std::string("\\") + c + "{}";
        else
            out += std::string("&%$#_{}").find(c) != std::string::npos ? std::string("\\") + c
                                                                       : std::string(1, c);
    return out;
}

bool is_text(const Cell& cell)
{
    return std::holds_alternative<std::string>(cell);
}

} // namespace

std::string to_text(const Table& table)
{
    std::vector<std::vector<std::string>> lines{table.columns};
    for (const std::vector<Cell>& row : table.rows) {
        lines.emplace_back();
        for (const Cell& cell : row)
            lines.back().push_back(std::visit(ReadableCell{}, cell));
    }
    std::string text;
    for (std::size_t l = 0; l < lines.size(); ++l) {
        std::string line;
        for (std::size_t c = 0; c < table.columns.size(); ++c) {
            std::size_t width = 0;
            for (const auto& other : lines)
                width = std::max(width, other[c].size());
            const std::string pad(width - lines[l][c].size(), ' ');
            const bool left = table.rows.empty() || is_text(table.rows[l == 0 ? 0 : l - 1][c]);
            line += (c > 0 ? "  " : "") + (left ? lines[l][c] + pad : pad + lines[l][c]);
        }
        text += line.substr(0, line.find_last_not_of(' ') + 1) + "\n";
    }
    return text;
}

std::string to_csv(const Table& table)
{
    std::string text;
    const auto add = [&](std::size_t column, const std::array<std::string, 3>& cells) {
        text += (column > 0 ? "," : "") + cells[0];
        if (has_interval(table, column))
            text += "," + cells[1] + "," + cells[2];
    };
    for (std::size_t c = 0; c < table.columns.size(); ++c)
        add(c, {quoted(table.columns[c]), quoted(table.columns[c] + " low"),
                quoted(table.columns[c] + " high")});
    text += "\n";
    for (const std::vector<Cell>& row : table.rows) {
        for (std::size_t c = 0; c < row.size(); ++c)
            add(c, csv_cells(row[c]));
        text += "\n";
    }
    return text;
}

std::string to_latex(const Table& table)
{
    std::string text = "\\begin{tabular}{";
    for (std::size_t c = 0; c < table.columns.size(); ++c)
        text += !table.rows.empty() && is_text(table.rows[0][c]) ? "l" : "r";
    text += "}\n\\toprule\n";
    const auto add_row = [&](const auto& cell) {
        for (std::size_t c = 0; c < table.columns.size(); ++c)
            text += (c > 0 ? " & " : "") + latex_text(cell(c));
        text += " \\\\\n";
    };
    add_row([&](std::size_t c) { return table.columns[c]; });
    text += "\\midrule\n";
    for (const std::vector<Cell>& row : table.rows)
        add_row([&](std::size_t c) { return std::visit(ReadableCell{}, row[c]); });
    return text + "\\bottomrule\n\\end{tabular}\n";
}

Json to_json(const Table& table)
{
    Json rows = Json::array();
    for (const std::vector<Cell>& row : table.rows) {
        Json object = Json::object();
        for (std::size_t c = 0; c < row.size(); ++c)
            object[table.columns[c]] = std::visit(JsonCell{}, row[c]);
        rows.push_back(std::move(object));
    }
    return rows;
}

void add_table_forms(CLI::App& command, TableForm& form, Chosen& chosen)
{
    auto* json = command.add_flag_callback(
        "--json",
        [&form, &chosen] {
            form = TableForm::Json;
            chosen.json = true;
        },
        "Print one line of JSON");
    auto* csv = command.add_flag_callback(
        "--csv", [&form] { form = TableForm::Csv; }, "Print the table as comma-separated values");
    auto* latex = command.add_flag_callback(
        "--latex", [&form] { form = TableForm::Latex; }, "Print the table as a LaTeX tabular (booktabs)");
    json->excludes(csv)->excludes(latex);
    csv->excludes(latex);
}

void print(const Table& table, TableForm form, const std::vector<std::string>& sentences, const Json& more)
{
    if (form == TableForm::Json) {
        Json json = more;
        json["rows"] = to_json(table);
        std::cout << json.dump(-1, ' ', false, Json::error_handler_t::replace) << "\n";
        return;
    }
    std::cout << (form == TableForm::Csv     ? to_csv(table)
                  : form == TableForm::Latex ? to_latex(table)
                                             : to_text(table));
    if (form == TableForm::Text)
        for (const std::string& sentence : sentences)
            std::cout << sentence << "\n";
}

} // namespace lacuna::cli
