// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/selection/tail_report.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <limits>
#include <numbers>
#include <numeric>

#include "engine/core/error.h"
#include "engine/core/philox.h"
#include "engine/core/purpose.h"
#include "engine/selection/leading_eigenpair.h"

namespace lacuna {

namespace {

constexpr int fewest_candidates = 20, most_rounds = 500;

std::vector<double> gaussian_kurtoses(int rows, int columns, const TailOptions& options)
{
    std::vector<double> values;
    std::vector<float> gaussian(static_cast<std::size_t>(rows) * static_cast<std::size_t>(columns));
    for (int set = 0; set < options.gaussian_sets; ++set) {
        standard_normals({.seed = options.seed,
                          .member = 0,
                          .step = static_cast<std::uint32_t>(set),
                          .purpose = static_cast<std::uint32_t>(Purpose::Resampling)},
                         gaussian.data(), gaussian.size());
        values.push_back(kurtosis(first_component({std::span<const float>(gaussian), columns})));
    }
    std::sort(values.begin(), values.end());
    return values;
}

double log_density(double x, double mean, double deviation)
{
    const double z = (x - mean) / deviation;
    return -z * z / 2 - std::log(deviation) - std::log(2 * std::numbers::pi) / 2;
}

struct Fit {
    TwoGaussians groups{};
    double log_likelihood = 0;
};

/// Expectation-maximisation; `first[i]`: the probability that number i is of the first group, to begin with.
Fit two_groups(const std::vector<double>& numbers, std::vector<double> first, double least_deviation)
{
    Fit fit;
    const double n = static_cast<double>(numbers.size());
    for (int round = 0; round < most_rounds; ++round) {
        // The groups that these probabilities mean.
        double weight[2] = {0, 0}, sum[2] = {0, 0}, squares[2] = {0, 0};
        const auto each = [&](const auto& add) {
            for (std::size_t i = 0; i < numbers.size(); ++i)
                for (int g = 0; g < 2; ++g)
                    add(g, numbers[i], g == 0 ? first[i] : 1 - first[i]);
        };
        each([&](int g, double x, double p) {
            weight[g] += p;
            sum[g] += p * x;
        });
        for (int g = 0; g < 2; ++g) {
            fit.groups.share[g] = weight[g] / n;
            fit.groups.mean[g] = sum[g] / std::max(weight[g], 1e-12);
        }
        each([&](int g, double x, double p) {
            squares[g] += p * (x - fit.groups.mean[g]) * (x - fit.groups.mean[g]);
        });
        for (int g = 0; g < 2; ++g)
            fit.groups.deviation[g] =
                std::max(least_deviation, std::sqrt(squares[g] / std::max(weight[g], 1e-12)));

        // The probabilities that these groups mean.
        const double before = fit.log_likelihood;
        fit.log_likelihood = 0;
        for (std::size_t i = 0; i < numbers.size(); ++i) {
            double log_p[2];
            for (int g = 0; g < 2; ++g)
                log_p[g] = std::log(std::max(fit.groups.share[g], 1e-300))
                           + log_density(numbers[i], fit.groups.mean[g], fit.groups.deviation[g]);
            const double larger = std::max(log_p[0], log_p[1]);
            const double both = std::exp(log_p[0] - larger) + std::exp(log_p[1] - larger);
            first[i] = std::exp(log_p[0] - larger) / both;
            fit.log_likelihood += larger + std::log(both);
        }
        if (round > 0 && fit.log_likelihood - before < 1e-9 * n)
            break;
    }
    return fit;
}

std::string rounded(double value, int decimals)
{
    std::array<char, 64> text{};
    const auto [end, error] =
        std::to_chars(text.data(), text.data() + text.size(), value, std::chars_format::fixed, decimals);
    return std::string(text.data(), end);
}

Tail tail_of(const TailReport& report)
{
    if (report.kurtosis.value > report.gaussian_high)
        return report.groups.better_than_one && 100 * report.groups.share[0] >= 0.5 ? Tail::RareGroup
                                                                                    : Tail::FarOnes;
    return report.kurtosis.value < report.gaussian_low && report.groups.better_than_one ? Tail::TwoGroups
                                                                                        : Tail::Gaussian;
}

std::string sentence_of(const TailReport& report, int shown)
{
    const std::string measured = "kurtosis " + rounded(report.kurtosis.value, 1)
                                 + " (95 %: " + rounded(report.kurtosis.low, 1) + " to "
                                 + rounded(report.kurtosis.high, 1) + ")";
    const std::string gaussian = rounded(report.gaussian_low, 1) + " to " + rounded(report.gaussian_high, 1);
    const double rare = report.groups.share[0];
    const std::string of_100 = rounded(100 * rare, 0) + " of 100 candidates";
    const std::string heavy =
        "Heavy tail: " + measured + ", where Gaussian sets of this size have " + gaussian + "; ";
    switch (report.tail) {
    case Tail::FarOnes:
        return heavy + "a few candidates lie far from the rest.";
    case Tail::RareGroup:
        return heavy + "about " + of_100 + " form a rare group, which " + std::to_string(shown)
               + " random ones miss " + rounded(100 * missed_by(report, shown), 0) + " times of 100.";
    case Tail::TwoGroups:
        return "Two large groups: " + measured + ", where Gaussian sets of this size have " + gaussian
               + "; the smaller group has about " + of_100 + ".";
    default:
        return "No heavy tail: " + measured + ", as Gaussian sets of this size have (" + gaussian + "); "
               + std::to_string(shown) + " random candidates stand for the pool.";
    }
}

} // namespace

TwoGaussians fit_two_gaussians(const std::vector<double>& numbers)
{
    const double n = static_cast<double>(numbers.size());
    const double mean = std::accumulate(numbers.begin(), numbers.end(), 0.0) / n;
    double squares = 0;
    for (const double x : numbers)
        squares += (x - mean) * (x - mean);
    const double deviation = std::sqrt(squares / n);
    check(numbers.size() >= 4 && deviation > 0, "two groups of numbers that differ");

    std::vector<double> sorted = numbers;
    std::sort(sorted.begin(), sorted.end());
    Fit best{.groups = {}, .log_likelihood = -std::numeric_limits<double>::infinity()};
    for (const double split : {0.1, 0.5, 0.9}) {
        const double border = quantile(sorted, split);
        std::vector<double> first;
        for (const double x : numbers)
            first.push_back(x < border ? 0.95 : 0.05);
        const Fit fit = two_groups(numbers, std::move(first), deviation / 20);
        if (fit.log_likelihood > best.log_likelihood)
            best = fit;
    }
    double one = 0;
    for (const double x : numbers)
        one += log_density(x, mean, deviation);
    TwoGaussians groups = best.groups;
    groups.better_than_one = 2 * (best.log_likelihood - one) > 3 * std::log(n);
    if (groups.share[0] > groups.share[1])
        for (auto* pair : {&groups.share, &groups.mean, &groups.deviation})
            std::swap((*pair)[0], (*pair)[1]);
    return groups;
}

TailReport tail_report(const FeatureRows& components, const TailOptions& options, double rounding)
{
    check(options.resamples > 0 && options.gaussian_sets > 0, "something to compare with");
    TailReport report{.candidates = components.size(), .dimension = components.columns()};
    for (int i = 0; i < components.size(); ++i)
        if (!components.is_finite(i))
            throw Error(ErrorKind::Input, "The features", "some of their values are not finite",
                        "Leave out the pictures that have them.");
    if (report.candidates < fewest_candidates) {
        report.sentence = "Too few candidates to tell: there are " + std::to_string(report.candidates)
                          + ", and the kurtosis of fewer than " + std::to_string(fewest_candidates)
                          + " says nothing.";
        return report;
    }
    for (int i = 0; i < components.size(); ++i)
        report.scores.push_back(components.columns() > 0 ? components.row(i)[0] : 0);
    const bool differ = std::any_of(report.scores.begin(), report.scores.end(),
                                    [rounding](double score) { return std::abs(score) > rounding; });
    if (!differ) {
        report.tail = Tail::Alike;
        report.sentence = "All " + std::to_string(report.candidates) + " candidates are alike.";
        return report;
    }
    report.kurtosis = bootstrap(
        report.scores.size(),
        [&](const std::vector<std::size_t>& drawn) {
            return kurtosis(first_component(components.at(std::vector<int>(drawn.begin(), drawn.end()))));
        },
        {.resamples = options.resamples, .seed = options.seed});
    const std::vector<double> gaussian = gaussian_kurtoses(components.size(), components.columns(), options);
    report.gaussian_low = quantile(gaussian, 0.025);
    report.gaussian_median = quantile(gaussian, 0.5);
    report.gaussian_high = quantile(gaussian, 0.975);
    const auto as_heavy =
        std::count_if(gaussian.begin(), gaussian.end(), [&](double k) { return k >= report.kurtosis.value; });
    report.gaussians_as_heavy =
        static_cast<double>(as_heavy + 1) / static_cast<double>(gaussian.size() + 1); // never exactly 0
    report.groups = fit_two_gaussians(report.scores);
    report.tail = tail_of(report);
    report.sentence = sentence_of(report, options.shown);
    return report;
}

double missed_by(const TailReport& report, int shown)
{
    return std::pow(1 - report.groups.share[0], shown);
}

} // namespace lacuna
