// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <array>
#include <memory>

#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>

#include "app/commands/commands.h"
#include "app/commands/table.h"
#include "engine/core/atomic_file.h"
#include "engine/core/device.h"
#include "engine/core/picture_file.h"
#include "engine/core/picture_grid.h"
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

/// All points in grey and the chosen ones in colour; the plane from -1.5 to 1.5.
Picture draw(const FeatureRows& points, const std::vector<int>& chosen)
{
    constexpr int side = 320;
    return make_picture(side, side, 3, 8, [&](std::uint8_t* out) {
        std::fill_n(out, side * side * 3, std::uint8_t(255));
        const auto dot = [&](int row, double radius, const std::array<std::uint8_t, 3>& colour) {
            const double x = (points.row(row)[0] + 1.5) / 3 * side, y = (1.5 - points.row(row)[1]) / 3 * side;
            for (int v = std::max(0, int(y - radius)); v <= std::min(side - 1, int(y + radius)); ++v)
                for (int u = std::max(0, int(x - radius)); u <= std::min(side - 1, int(x + radius)); ++u)
                    if ((u + .5 - x) * (u + .5 - x) + (v + .5 - y) * (v + .5 - y) <= radius * radius)
                        std::copy(colour.begin(), colour.end(), out + 3 * (v * side + u));
        };
        for (int row = 0; row < points.size(); ++row)
            dot(row, 1.5, {170, 170, 170});
        for (const int row : chosen)
            dot(row, 4.5, {200, 60, 40});
    });
}

int run(const ToyArguments& a)
{
    use_threads();
    std::vector<std::string> sentences;
    if (!a.out.empty()) {
        const ToyMixture toy = draw_toy(a.points, 0);
        std::vector<Picture> panels;
        for (const ToyRule& rule : toy_rules())
            panels.push_back(draw(toy.points, rule.choose(toy.points, a.count, 0)));
        write_file(a.out, encode_png(picture_grid(panels, 4, 8)));
        sentences.push_back("The picture has the rules in the order of the table, four in a row.");
    }
    print(measure(a), a.form, sentences, {{"points", a.points}, {"count", a.count}, {"seeds", a.seeds}});
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
    command->add_option("--out", a->out, "Draw one run to this PNG file");
    add_table_forms(*command, a->form, chosen);
    command->callback([a, &chosen] { chosen.run = [a] { return run(*a); }; });
}

} // namespace lacuna::cli
