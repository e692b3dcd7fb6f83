// SPDX-License-Identifier: GPL-3.0-or-later
// Targets and the forms of a model's report.
#include <algorithm>
#include <cmath>
#include <iomanip>
#include <locale>
#include <sstream>

#include <nlohmann/json.hpp>

#include "engine/evaluation/model_evaluation.h"

namespace lacuna {

namespace {

using Verdict = Target::Verdict;
using Json = nlohmann::ordered_json;

constexpr double least_valid = 0.97, most_seam = 1.1, most_error = 0.05, error_above = 0.1,
                 occurs_from = 0.03, least_accuracy = 0.99, most_seconds = 4;
constexpr std::size_t enough_fills = 1000, enough_renders = 1000;

std::string number(double value, int decimals)
{
    std::ostringstream out;
    out.imbue(std::locale::classic());
    out << std::fixed << std::setprecision(decimals) << value;
    return out.str();
}

/// Met only with enough pictures; a miss stays one.
Verdict verdict(bool reached, bool enough = true)
{
    return !reached ? Verdict::Missed : enough ? Verdict::Met : Verdict::Open;
}

const char* word(Verdict v)
{
    return v == Verdict::Met ? "met" : v == Verdict::Missed ? "MISSED" : "open, too few pictures";
}

/// A calibrated value with the name of its mask.
struct Placed {
    const MaskEvaluation* mask = nullptr;
    const ValueFrequency* value = nullptr;
    std::string text() const { return mask->mask + ": " + value->attribute + " " + value->value; }
};

std::vector<Placed> all_values(const ModelEvaluation& e)
{
    std::vector<Placed> all;
    for (const MaskEvaluation& mask : e.masks)
        for (const ValueFrequency& value : mask.calibration.values)
            all.push_back({&mask, &value});
    return all;
}

Target validity_target(const ModelEvaluation& e, bool enough)
{
    const auto worst = std::min_element(e.masks.begin(), e.masks.end(), [](const auto& a, const auto& b) {
        return a.relative.value < b.relative.value;
    });
    return {"valid fills", "at least 97 % as often as real renders, for every mask",
            number(100 * worst->relative.value, 1) + " % (" + worst->mask + ")",
            verdict(worst->relative.value >= least_valid, enough)};
}

Target seam_target(const ModelEvaluation& e, bool enough)
{
    const auto worst = std::max_element(e.masks.begin(), e.masks.end(), [](const auto& a, const auto& b) {
        return a.seam_ratio.value < b.seam_ratio.value;
    });
    return {"no seam", "step across the border at most 1.1 times that of real renders, for every mask",
            number(worst->seam_ratio.value, 2) + " times (" + worst->mask + ")",
            verdict(worst->seam_ratio.value <= most_seam, enough)};
}

Target error_target(const ModelEvaluation& e, bool enough)
{
    Target target{"calibration", "largest absolute error at most .05 for values of probability above .1",
                  "no attribute inside a mask", Verdict::Open};
    double largest = -1;
    for (const Placed& v : all_values(e))
        if (v.value->declared > error_above && std::abs(v.value->error()) > largest) {
            largest = std::abs(v.value->error());
            target.measured = number(largest, 3) + " (" + v.text() + ")";
            target.verdict = verdict(largest <= most_error, enough);
        }
    return target;
}

Target occurrence_target(const ModelEvaluation& e, bool enough)
{
    Target target{"every value occurs", "every value of probability at least .03",
                  "no attribute inside a mask", Verdict::Open};
    std::size_t asked = 0, missing = 0;
    std::string names;
    for (const Placed& v : all_values(e))
        if (v.value->declared >= occurs_from) {
            ++asked;
            if (v.value->count == 0) {
                ++missing;
                names += (names.empty() ? "" : "; ") + v.text();
            }
        }
    if (asked == 0)
        return target;
    target.measured = std::to_string(asked - missing) + " of " + std::to_string(asked)
                      + (names.empty() ? "" : ", never: " + names);
    target.verdict = verdict(missing == 0, enough);
    return target;
}

Json json_of(const Interval& i)
{
    const auto finite = [](double x) { return std::isfinite(x) ? Json(x) : Json(nullptr); };
    return {{"value", finite(i.value)}, {"low", finite(i.low)}, {"high", finite(i.high)}};
}

Json json_of(const Calibration& calibration)
{
    Json values = Json::array();
    for (const ValueFrequency& v : calibration.values)
        values.push_back({{"attribute", v.attribute},
                          {"value", v.value},
                          {"declared", v.declared},
                          {"found", json_of(v.found)},
                          {"count", v.count}});
    return values;
}

std::string heading(const ModelEvaluation& e)
{
    std::string text = "Model " + e.model + ", world " + e.world + ", " + std::to_string(e.size) + " pixels, "
                       + e.sampling + "\nAttribute network on " + std::to_string(e.renders)
                       + " held-out renders:";
    for (std::size_t a = 0; a < e.attributes.size(); ++a)
        text += (a == 0 ? " " : ", ") + e.attributes[a].name + " " + number(100 * e.accuracy[a], 2) + " %";
    return text + "\n";
}

} // namespace

std::vector<Target> targets_of(const ModelEvaluation& e)
{
    const bool enough = e.masks.size() == e.masks_of_world
                        && std::all_of(e.masks.begin(), e.masks.end(),
                                       [](const auto& mask) { return mask.fills >= enough_fills; });
    std::vector<Target> targets;
    const auto least = std::min_element(e.accuracy.begin(), e.accuracy.end());
    if (least != e.accuracy.end())
        targets.push_back({"attribute network", "right on 99 % of held-out renders, for every attribute",
                           number(100 * *least, 2) + " % ("
                               + e.attributes[std::size_t(least - e.accuracy.begin())].name + ")",
                           verdict(*least >= least_accuracy, std::size_t(e.renders) >= enough_renders)});
    if (!e.masks.empty()) {
        targets.push_back(validity_target(e, enough));
        targets.push_back(seam_target(e, enough));
        targets.push_back(error_target(e, enough));
        targets.push_back(occurrence_target(e, enough));
    }
    if (e.cores > 0)
        targets.push_back({"speed", "five unguided fills at 25 steps below 4 s on 2 cores",
                           number(e.seconds_of_five, 2) + " s on " + std::to_string(e.cores) + " cores",
                           verdict(e.seconds_of_five < most_seconds, e.cores <= 2)});
    return targets;
}

std::vector<ReportTable> tables_of(const ModelEvaluation& e)
{
    ReportTable masks{.id = "masks", .title = "Unguided fills of each mask"};
    masks.columns = {{"valid fills"}, {"valid renders"},      {"relative"},
                     {"seam", 2},     {"seam of renders", 2}, {"ratio", 2}};
    masks.note = "Intervals of 95 % over scenes. Pictures are fills; each scene has several.";
    ReportTable calibration{.id = "calibration", .title = "How often unguided fills have each value"};
    calibration.columns = {{"declared", 3, false}, {"found"}, {"error", 3, false}, {"read from true fills"}};
    calibration.note =
        "The last column is what the attribute network reads when the truth is drawn as declared.";
    for (const MaskEvaluation& mask : e.masks) {
        masks.rows.push_back(
            {mask.mask,
             mask.fills,
             {mask.valid, mask.valid_renders, mask.relative, mask.seam, mask.seam_renders, mask.seam_ratio}});
        const Calibration& c = mask.calibration;
        for (std::size_t i = 0; i < c.values.size(); ++i) {
            const ValueFrequency& v = c.values[i];
            calibration.rows.push_back({mask.mask + ": " + v.attribute + " " + v.value,
                                        c.fills,
                                        {Interval{v.declared}, v.found, Interval{v.error()},
                                         mask.calibration_of_renders.values[i].found}});
        }
    }
    return {masks, calibration};
}

std::string to_text(const ModelEvaluation& e)
{
    std::string text = heading(e) + "\n";
    for (const ReportTable& table : tables_of(e))
        text += to_text(table) + "\n";
    for (const Target& target : targets_of(e))
        text += std::string(word(target.verdict)) + ": " + target.name + ": " + target.measured
                + "; asked: " + target.goal + "\n";
    return text;
}

std::string to_markdown(const ModelEvaluation& e)
{
    std::string text = heading(e) + "\n| Figure | Asked | Measured | |\n|---|---|---|---|\n";
    for (const Target& t : targets_of(e))
        text += "| " + t.name + " | " + t.goal + " | " + t.measured + " | " + word(t.verdict) + " |\n";
    for (const ReportTable& table : tables_of(e))
        text.append("\n").append(to_markdown(table));
    return text;
}

std::string to_json(const ModelEvaluation& e)
{
    Json accuracy = Json::object(), masks = Json::array(), targets = Json::array();
    for (std::size_t a = 0; a < e.attributes.size(); ++a)
        accuracy[e.attributes[a].name] = e.accuracy[a];
    for (const MaskEvaluation& m : e.masks)
        masks.push_back({{"mask", m.mask},
                         {"scenes", m.scenes},
                         {"fills", m.fills},
                         {"failed", m.failed},
                         {"valid", json_of(m.valid)},
                         {"valid_renders", json_of(m.valid_renders)},
                         {"relative", json_of(m.relative)},
                         {"seam", json_of(m.seam)},
                         {"seam_renders", json_of(m.seam_renders)},
                         {"seam_ratio", json_of(m.seam_ratio)},
                         {"calibration", json_of(m.calibration)},
                         {"calibration_of_renders", json_of(m.calibration_of_renders)}});
    for (const Target& t : targets_of(e))
        targets.push_back({{"name", t.name},
                           {"goal", t.goal},
                           {"measured", t.measured},
                           {"verdict", t.verdict == Verdict::Met      ? "met"
                                       : t.verdict == Verdict::Missed ? "missed"
                                                                      : "open"}});
    return Json{
        {"model", e.model},       {"sha256", e.sha256},
        {"world", e.world},       {"size", e.size},
        {"sampling", e.sampling}, {"attribute_network", {{"renders", e.renders}, {"accuracy", accuracy}}},
        {"masks", masks},         {"seconds_of_five", e.seconds_of_five},
        {"cores", e.cores},       {"targets", targets}}
        .dump(-1, ' ', false, Json::error_handler_t::replace);
}

} // namespace lacuna
