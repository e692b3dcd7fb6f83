// SPDX-License-Identifier: GPL-3.0-or-later
// lacuna-restorer-bias [MEMBERS]: how far the samples of every method are from a posterior that is known, as the table
// of engine/README.md.
#include <charconv>
#include <cstring>
#include <functional>
#include <iomanip>
#include <iostream>

#include <c10/core/GradMode.h>

#include "tests/support/known_posterior.h"

namespace {

using namespace lacuna;
using test::Bias;
using test::KnownPosterior;

struct Row {
    std::string name;
    std::function<Tensor(const KnownPosterior&, int)> run;
};

Row exact(const std::string& sampler, int steps)
{
    return {"exact posterior, " + sampler + ", " + std::to_string(steps) + " steps",
            [=](const KnownPosterior& p, int n) { return test::sample(p, sampler, steps, true, n); }};
}

Row project(const std::string& sampler, int steps)
{
    return {"project, " + sampler + ", " + std::to_string(steps) + " steps",
            [=](const KnownPosterior& p, int n) { return test::sample(p, sampler, steps, false, n); }};
}

Row method(const std::string& name, const RestorationOptions& options)
{
    return {name, [=](const KnownPosterior& p, int n) { return test::restore(p, options, n); }};
}

std::vector<Row> rows()
{
    RestorationOptions repaint{.method = "repaint", .steps = 250};
    repaint.jumps.jump = {1, 1};
    RestorationOptions jumping = repaint;
    jumping.jumps.jump = {10, 10};
    std::vector<Row> list{exact("ddim", 50),
                          exact("ddpm", 50),
                          exact("ge", 50),
                          exact("edm", 25),
                          exact("dpmpp-2m", 50),
                          project("ddim", 50),
                          project("ddpm", 50),
                          project("ddpm", 250),
                          method("RePaint, 250 steps, no jumps", repaint),
                          method("RePaint, 250 steps, jumps 10 x 10", jumping)};
    for (const int steps : {20, 100})
        list.push_back(method("DDRM, " + std::to_string(steps) + " steps, eta 0.85",
                              {.method = "ddrm", .steps = steps}));
    for (const double eta : {0.0, 0.85, 1.0})
        list.push_back(method("DDNM, 100 steps, eta "
                                  + std::string(eta == 0   ? "0"
                                                : eta == 1 ? "1"
                                                           : "0.85"),
                              {.method = "ddnm", .steps = 100, .eta = eta}));
    list.push_back(method("DDNM, 100 steps, eta 0.85, travel 10 x 10",
                          {.method = "ddnm", .steps = 100, .travel_length = 10, .travel_repeat = 10}));
    for (const double zeta : {0.3, 1.0})
        list.push_back(method("DPS, 250 steps, zeta " + std::string(zeta == 1 ? "1" : "0.3"),
                              {.method = "dps", .steps = 250, .zeta = zeta}));
    for (const double zeta : {0.3, 1.0})
        list.push_back(method("DiffPIR, 100 steps, zeta " + std::string(zeta == 1 ? "1" : "0.3"),
                              {.method = "diffpir", .steps = 100, .zeta = zeta}));
    return list;
}

} // namespace

int main(int argc, char** argv)
{
    int members = 4000;
    if (argc > 1)
        std::from_chars(argv[1], argv[1] + std::strlen(argv[1]), members);
    const c10::NoGradGuard no_gradients;
    const KnownPosterior mixture = test::mixture_problem(), finite = test::finite_problem();
    std::cout.imbue(std::locale::classic());
    std::cout << std::fixed << std::setprecision(2)
              << "| method | mixture: frequency | spread | shift | set: frequency | off the set | shift |\n"
                 "|---|---|---|---|---|---|---|\n";
    for (const Row& row : rows()) {
        const Bias a = test::measure_bias(mixture, row.run(mixture, members));
        const Bias b = test::measure_bias(finite, row.run(finite, members));
        std::cout << "| " << row.name << " | " << a.frequency << " | " << a.spread << " | " << a.shift
                  << " | " << b.frequency << " | " << b.spread << " | " << b.shift << " |" << std::endl;
    }
    return 0;
}
