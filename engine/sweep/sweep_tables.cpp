// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <cmath>
#include <iomanip>
#include <locale>
#include <sstream>

#include <nlohmann/json.hpp>

#include "engine/sweep/sweep_report.h"

namespace lacuna {

namespace {

std::ostringstream plain_text()
{
    std::ostringstream text;
    text.imbue(std::locale::classic());
    return text;
}

std::string number(double value)
{
    auto text = plain_text();
    text << std::setprecision(6) << value;
    return text.str();
}

std::string latex_escaped(const std::string& words)
{
    std::string text;
    for (const char c : words)
        text += std::string("_%&#$").find(c) != std::string::npos ? std::string("\\") + c : std::string(1, c);
    return text;
}

/// The cell is done and this could be measured.
bool is_known(const std::optional<SweepCell>& cell, std::size_t measure)
{
    return cell && std::isfinite(cell->figures[measure]);
}

/// One table: a measure, the first axis down, the second across; `first` is the cell in the upper left corner.
void add_table(std::ostringstream& out, const SweepReport& report, std::size_t measure, std::size_t first)
{
    const std::vector<std::string> across =
        report.axes.size() > 1 ? report.axes[1].values : std::vector<std::string>{""};
    std::size_t below = 1; // cells of the further axes
    for (std::size_t i = 2; i < report.axes.size(); ++i)
        below *= report.axes[i].values.size();
    const SweepMeasure& m = report.measures[measure];
    out << "% " << m.name << (m.unit.empty() ? "" : " in " + m.unit) << "\n\\begin{tabular}{l"
        << std::string(across.size(), 'r') << "}\n\\toprule\n"
        << latex_escaped(report.axes[0].parameter);
    for (const std::string& value : across)
        out << " & "
            << latex_escaped(report.axes.size() > 1 ? report.axes[1].parameter + " " + value : m.name);
    out << " \\\\\n\\midrule\n";
    for (std::size_t row = 0; row < report.axes[0].values.size(); ++row) {
        out << latex_escaped(report.axes[0].values[row]);
        for (std::size_t column = 0; column < across.size(); ++column) {
            const auto& cell = report.cells[first + (row * across.size() + column) * below];
            out << " & " << (is_known(cell, measure) ? number(cell->figures[measure]) : "--");
        }
        out << " \\\\\n";
    }
    out << "\\bottomrule\n\\end{tabular}\n";
}

} // namespace

std::string sweep_csv(const SweepReport& report)
{
    auto out = plain_text();
    for (const SweepAxis& axis : report.axes)
        out << axis.parameter << ",";
    for (const SweepMeasure& measure : report.measures)
        out << measure.name << ",";
    out << "id\n";
    for (std::size_t i = 0; i < report.jobs.size(); ++i) {
        for (std::size_t a = 0; a < report.axes.size(); ++a)
            out << report.axes[a].values[report.jobs[i].place[a]] << ",";
        for (std::size_t m = 0; m < report.measures.size(); ++m)
            out << (is_known(report.cells[i], m) ? number(report.cells[i]->figures[m]) : "") << ",";
        out << report.jobs[i].id << "\n";
    }
    return out.str();
}

std::string sweep_latex(const SweepReport& report)
{
    auto out = plain_text();
    if (report.axes.empty())
        return {};
    std::size_t panels = 1;
    for (std::size_t i = 2; i < report.axes.size(); ++i)
        panels *= report.axes[i].values.size();
    for (std::size_t panel = 0; panel < panels; ++panel) {
        for (std::size_t i = 2; i < report.axes.size(); ++i)
            out << "% " << report.axes[i].parameter << " = "
                << report.axes[i].values[report.jobs[panel].place[i]] << "\n";
        for (std::size_t m = 0; m < report.measures.size(); ++m)
            add_table(out, report, m, panel);
    }
    return out.str();
}

std::string sweep_json(const SweepReport& report)
{
    using Json = nlohmann::ordered_json;
    Json axes = Json::array(), measures = Json::array(), cells = Json::array();
    for (const SweepAxis& axis : report.axes)
        axes.push_back({{"parameter", axis.parameter}, {"values", axis.values}});
    for (const SweepMeasure& m : report.measures)
        measures.push_back({{"name", m.name}, {"unit", m.unit}, {"more_is_better", m.more_is_better}});
    for (std::size_t i = 0; i < report.jobs.size(); ++i) {
        Json cell{{"place", report.jobs[i].place},
                  {"id", report.jobs[i].id},
                  {"done", report.cells[i].has_value()}};
        for (std::size_t m = 0; report.cells[i] && m < report.measures.size(); ++m)
            cell[report.measures[m].name] = report.cells[i]->figures[m];
        cells.push_back(std::move(cell));
    }
    return Json{{"schema", 1},
                {"axes", axes},
                {"measures", measures},
                {"cells", cells},
                {"pareto", pareto_cells(report)}}
               .dump(1)
           + "\n";
}

std::vector<std::size_t> pareto_cells(const SweepReport& report)
{
    if (report.measures.size() < 2)
        return {};
    const auto value = [&](std::size_t cell, std::size_t m) {
        return report.cells[cell]->figures[m] * (report.measures[m].more_is_better ? 1 : -1);
    };
    std::vector<std::size_t> best;
    for (std::size_t i = 0; i < report.cells.size(); ++i) {
        if (!is_known(report.cells[i], 0) || !is_known(report.cells[i], 1))
            continue;
        const bool beaten = std::any_of(report.cells.begin(), report.cells.end(), [&](const auto& other) {
            if (!is_known(other, 0) || !is_known(other, 1))
                return false;
            const auto j = static_cast<std::size_t>(&other - report.cells.data());
            return value(j, 0) >= value(i, 0) && value(j, 1) >= value(i, 1)
                   && (value(j, 0) > value(i, 0) || value(j, 1) > value(i, 1));
        });
        if (!beaten)
            best.push_back(i);
    }
    std::sort(best.begin(), best.end(),
              [&](std::size_t a, std::size_t b) { return value(a, 0) < value(b, 0); });
    return best;
}

} // namespace lacuna
