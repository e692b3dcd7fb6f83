// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <memory>

#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>

#include "app/commands/commands.h"
#include "app/commands/table.h"
#include "engine/core/atomic_file.h"
#include "engine/core/device.h"
#include "engine/core/picture_file.h"
#include "engine/figures/drawing.h"
#include "engine/selection/toy_mixture.h"

namespace lacuna::cli {

namespace {

struct ToyArguments {
    int points = 1000, count = 20, seeds = 100;
    std::string out{};
    TableForm form = TableForm::Text;
};

Table measure(const ToyArguments& a)
{
    Table table{.columns = {"rule", "modes of 10", "runs without the main mode"}};
    std::vector<std::vector<double>> modes(toy_rules().size());
    std::vector<std::size_t> without_main(toy_rules().size(), 0);
    for (int seed = 0; seed < a.seeds; ++seed) {
        const ToyMixture toy = draw_toy(a.points, std::uint64_t(seed));
        for (std::size_t r = 0; r < toy_rules().size(); ++r) {
            const std::vector<int> chosen = toy_rules()[r].choose(toy.points, a.count, std::uint64_t(seed));
            modes[r].push_back(modes_covered(toy.points, chosen));
            without_main[r] += std::none_of(chosen.begin(), chosen.end(),
                                            [&](int row) { return toy.mode[std::size_t(row)] == 0; });
        }
    }
    for (std::size_t r = 0; r < toy_rules().size(); ++r)
        table.rows.push_back({toy_rules()[r].name, FigureInterval{bootstrap_mean(modes[r]), 2},
                              FigureInterval{wilson(without_main[r], std::size_t(a.seeds)), 3}});
    return table;
}

/// A panel for each rule, the points in grey and those chosen in colour; the plane from -1.5 to 1.5.
Drawing draw(const ToyMixture& toy, int count)
{
    constexpr int across = 4, side = 240, heading = 24, gap = 8;
    const int down = (int(toy_rules().size()) + across - 1) / across;
    Drawing drawing(across * (side + gap) + gap, down * (side + heading + gap) + gap);
    drawing.box(0, 0, drawing.width(), drawing.height(), Drawing::paper);
    for (int r = 0; r < int(toy_rules().size()); ++r) {
        const ToyRule& rule = toy_rules()[std::size_t(r)];
        const double left = gap + r % across * (side + gap), top = gap + r / across * (side + heading + gap);
        const auto dot = [&](int row, double radius, Drawing::Colour colour) {
            const double* point = toy.points.row(row);
            drawing.dot(left + (point[0] + 1.5) / 3 * side, top + heading + (1.5 - point[1]) / 3 * side,
                        radius, colour);
        };
        const std::vector<int> chosen = rule.choose(toy.points, count, 0);
        drawing.text(left, top + 16,
                     rule.name + ": " + std::to_string(modes_covered(toy.points, chosen)) + " modes");
        for (int row = 0; row < toy.points.size(); ++row)
            dot(row, 1.2, 0xb8b4ac);
        for (const int row : chosen)
            dot(row, 4, Drawing::accent);
    }
    return drawing;
}

int run(const ToyArguments& a)
{
    use_threads();
    if (!a.out.empty()) {
        const Drawing drawing = draw(draw_toy(a.points, 0), a.count);
        if (a.out.ends_with(".svg"))
            write_file(a.out, drawing.svg());
        else
            write_file(a.out, encode_png(drawing.pixels()));
    }
    print(measure(a), a.form, {}, {{"points", a.points}, {"count", a.count}, {"seeds", a.seeds}});
    return 0;
}

} // namespace

void add_toy(CLI::App& app, Chosen& chosen)
{
    auto a = std::make_shared<ToyArguments>();
    CLI::App* command = app.add_subcommand(
        "toy", "Compare the rules of selection on ten Gaussians, of which one has 95 % of the points");
    command->add_option("--points", a->points, "Points to choose from")
        ->check(CLI::Range(300, 10000))
        ->capture_default_str();
    command->add_option("--count", a->count, "Points to choose")
        ->check(CLI::Range(1, 100))
        ->capture_default_str();
    command->add_option("--seeds", a->seeds, "Runs to average over")
        ->check(CLI::Range(1, 10000))
        ->capture_default_str();
    command->add_option("--out", a->out, "Draw one run to this PNG or SVG file");
    add_table_forms(*command, a->form, chosen);
    command->callback([a, &chosen] { chosen.run = [a] { return run(*a); }; });
}

} // namespace lacuna::cli
