// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/selection/leading_eigenpair.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "engine/core/error.h"

namespace lacuna {

namespace {

using Numbers = std::vector<double>;

constexpr double rounding = 1e-12; ///< smaller shares of the largest variance mean nothing

/// A symmetric matrix of three diagonals and the reflections that lead to it.
struct Tridiagonal {
    Numbers diagonal{}, beside{}; ///< n and n - 1
    std::vector<Numbers>
        mirrors{}; ///< of the elements from 1, 2, ... on; reflection I - 2 v v^T, v of length 1 or 0
};

Tridiagonal reduced(Numbers a, int n)
{
    const auto at = [&](int i, int j) -> double& { return a[static_cast<std::size_t>(i * n + j)]; };
    Tridiagonal t;
    for (int k = 0; k + 2 < n; ++k) {
        // The reflection that brings column k below the diagonal to its first element.
        const int size = n - k - 1;
        Numbers v(static_cast<std::size_t>(size));
        double squares = 0;
        for (int i = 0; i < size; ++i)
            squares += at(k + 1 + i, k) * at(k + 1 + i, k);
        const double length = std::sqrt(squares);
        const double kept = at(k + 1, k) > 0 ? -length : length;
        for (int i = 0; i < size; ++i)
            v[static_cast<std::size_t>(i)] = at(k + 1 + i, k) - (i == 0 ? kept : 0);
        double norm = 0;
        for (const double x : v)
            norm += x * x;
        for (double& x : v)
            x = norm > 0 ? x / std::sqrt(norm) : 0;

        // Both sides of the rest: A - v w^T - w v^T with w = 2 (A v - (v^T A v) v).
        Numbers w(static_cast<std::size_t>(size), 0.0);
        double both = 0;
        for (int i = 0; i < size; ++i) {
            for (int j = 0; j < size; ++j)
                w[static_cast<std::size_t>(i)] += at(k + 1 + i, k + 1 + j) * v[static_cast<std::size_t>(j)];
            both += w[static_cast<std::size_t>(i)] * v[static_cast<std::size_t>(i)];
        }
        for (int i = 0; i < size; ++i)
            w[static_cast<std::size_t>(i)] =
                2 * (w[static_cast<std::size_t>(i)] - both * v[static_cast<std::size_t>(i)]);
        for (int i = 0; i < size; ++i)
            for (int j = 0; j < size; ++j)
                at(k + 1 + i, k + 1 + j) -= v[static_cast<std::size_t>(i)] * w[static_cast<std::size_t>(j)]
                                            + w[static_cast<std::size_t>(i)] * v[static_cast<std::size_t>(j)];
        t.diagonal.push_back(at(k, k));
        t.beside.push_back(kept);
        t.mirrors.push_back(std::move(v));
    }
    if (n > 1) {
        t.diagonal.push_back(at(n - 2, n - 2));
        t.beside.push_back(at(n - 1, n - 2));
    }
    t.diagonal.push_back(at(n - 1, n - 1));
    return t;
}

/// Whether all eigenvalues are below x: Sturm's sequence of pivots has no sign but minus.
bool all_below(const Tridiagonal& t, double x)
{
    double pivot = t.diagonal[0] - x;
    for (std::size_t i = 1; i < t.diagonal.size() && pivot < 0; ++i)
        pivot = t.diagonal[i] - x - t.beside[i - 1] * t.beside[i - 1] / pivot;
    return pivot < 0;
}

double largest_eigenvalue(const Tridiagonal& t)
{
    double low = t.diagonal[0], high = t.diagonal[0]; // Gershgorin's circles
    for (std::size_t i = 0; i < t.diagonal.size(); ++i) {
        const double radius =
            (i > 0 ? std::abs(t.beside[i - 1]) : 0) + (i < t.beside.size() ? std::abs(t.beside[i]) : 0);
        low = std::max(low, t.diagonal[i]); // no eigenvalue is largest below an element of the diagonal
        high = std::max(high, t.diagonal[i] + radius);
    }
    for (int halving = 0; halving < 200; ++halving) {
        const double middle = low + (high - low) / 2;
        if (middle <= low || middle >= high)
            break;
        (all_below(t, middle) ? high : low) = middle;
    }
    return high;
}

/// Solves (T - shift) x = b by elimination with exchanged rows; pivots are at least `least`.
Numbers solved(const Tridiagonal& t, double shift, Numbers b, double least)
{
    const std::size_t n = t.diagonal.size();
    Numbers first(n), second(n, 0.0), third(n, 0.0); // the rows' elements from the pivot on
    const auto safe = [least](double x) { return std::abs(x) < least ? std::copysign(least, x) : x; };
    first[0] = t.diagonal[0] - shift;
    second[0] = n > 1 ? t.beside[0] : 0;
    for (std::size_t i = 0; i + 1 < n; ++i) {
        double below = t.beside[i], next = t.diagonal[i + 1] - shift;
        double after = i + 1 < t.beside.size() ? t.beside[i + 1] : 0;
        if (std::abs(below) > std::abs(first[i])) {
            std::swap(below, first[i]);
            std::swap(next, second[i]);
            std::swap(after, third[i]);
            std::swap(b[i], b[i + 1]);
        }
        first[i] = safe(first[i]);
        const double factor = below / first[i];
        first[i + 1] = next - factor * second[i];
        second[i + 1] = after - factor * third[i];
        b[i + 1] -= factor * b[i];
    }
    first[n - 1] = safe(first[n - 1]);
    for (std::size_t i = n; i-- > 0;) {
        if (i + 1 < n)
            b[i] -= second[i] * b[i + 1];
        if (i + 2 < n)
            b[i] -= third[i] * b[i + 2];
        b[i] /= first[i];
    }
    return b;
}

void make_unit(Numbers& x)
{
    double largest = 0, squares = 0;
    for (const double value : x)
        largest = std::max(largest, std::abs(value));
    for (double& value : x) {
        value /= largest;
        squares += value * value;
    }
    for (double& value : x)
        value /= std::sqrt(squares);
}

Numbers covariance(const FeatureRows& rows, const Numbers& mean)
{
    const auto columns = static_cast<std::size_t>(rows.columns());
    Numbers sum(columns * columns, 0.0), away(columns);
    for (int i = 0; i < rows.size(); ++i) {
        for (std::size_t c = 0; c < columns; ++c)
            away[c] = rows.row(i)[c] - mean[c];
        for (std::size_t c = 0; c < columns; ++c)
            for (std::size_t d = 0; d <= c; ++d)
                sum[c * columns + d] += away[c] * away[d];
    }
    for (std::size_t c = 0; c < columns; ++c)
        for (std::size_t d = 0; d <= c; ++d)
            sum[d * columns + c] = sum[c * columns + d] /= rows.size();
    return sum;
}

Numbers mean_of(const FeatureRows& rows)
{
    Numbers mean(static_cast<std::size_t>(rows.columns()), 0.0);
    for (int i = 0; i < rows.size(); ++i)
        for (std::size_t c = 0; c < mean.size(); ++c)
            mean[c] += rows.row(i)[c];
    for (double& value : mean)
        value /= rows.size();
    return mean;
}

} // namespace

Eigenpair leading_eigenpair(std::vector<double> symmetric, int n)
{
    check(n > 0 && symmetric.size() == static_cast<std::size_t>(n) * static_cast<std::size_t>(n),
          "a square matrix");
    double scale = 0;
    for (const double value : symmetric)
        scale = std::max(scale, std::abs(value));
    Eigenpair result{.value = 0, .vector = Numbers(static_cast<std::size_t>(n), 0.0)};
    result.vector[0] = 1;
    if (!(scale > 0))
        return result;
    const Tridiagonal t = reduced(std::move(symmetric), n);
    result.value = largest_eigenvalue(t);

    // Inverse iteration from a vector that is orthogonal to none that one meets.
    for (std::size_t i = 0; i < result.vector.size(); ++i)
        result.vector[i] = 1 + 0.25 * static_cast<double>(i * 7 % 5);
    for (int round = 0; round < 3; ++round) {
        result.vector =
            solved(t, result.value, std::move(result.vector), scale * std::numeric_limits<double>::epsilon());
        make_unit(result.vector);
    }
    // Back through the reflections.
    for (std::size_t k = t.mirrors.size(); k-- > 0;) {
        const Numbers& v = t.mirrors[k];
        double dot = 0;
        for (std::size_t i = 0; i < v.size(); ++i)
            dot += v[i] * result.vector[k + 1 + i];
        for (std::size_t i = 0; i < v.size(); ++i)
            result.vector[k + 1 + i] -= 2 * dot * v[i];
    }
    const double largest = *std::max_element(result.vector.begin(), result.vector.end(),
                                             [](double a, double b) { return std::abs(a) < std::abs(b); });
    if (largest < 0)
        for (double& value : result.vector)
            value = -value;
    return result;
}

FeatureRows principal_rows(const FeatureRows& rows, int dimensions)
{
    const int columns = rows.columns(), kept = std::min(dimensions, columns);
    const auto width = static_cast<std::size_t>(std::max(0, kept));
    if (rows.size() == 0 || kept <= 0)
        return {Numbers{}, std::max(0, kept)};
    const Numbers mean = mean_of(rows);
    Numbers matrix = covariance(rows, mean);
    Numbers values(static_cast<std::size_t>(rows.size()) * width, 0.0);
    double first = 0;
    for (std::size_t k = 0; k < width; ++k) {
        const Eigenpair pair = leading_eigenpair(matrix, columns);
        first = std::max(first, pair.value);
        if (!(pair.value > rounding * first))
            break; // nothing varies along further axes
        for (int i = 0; i < rows.size(); ++i)
            for (int c = 0; c < columns; ++c)
                values[static_cast<std::size_t>(i) * width + k] +=
                    (rows.row(i)[c] - mean[static_cast<std::size_t>(c)])
                    * pair.vector[static_cast<std::size_t>(c)];
        for (std::size_t c = 0; c < pair.vector.size(); ++c) // what this axis does not explain
            for (std::size_t d = 0; d < pair.vector.size(); ++d)
                matrix[c * pair.vector.size() + d] -= pair.value * pair.vector[c] * pair.vector[d];
    }
    return {std::move(values), kept};
}

std::vector<double> first_component(const FeatureRows& rows)
{
    return principal_rows(rows, 1).values();
}

double kurtosis(const std::vector<double>& numbers)
{
    const double n = static_cast<double>(numbers.size());
    double mean = 0, second = 0, fourth = 0;
    for (const double x : numbers)
        mean += x / n;
    for (const double x : numbers) {
        const double square = (x - mean) * (x - mean);
        second += square / n;
        fourth += square * square / n;
    }
    return fourth / (second * second);
}

} // namespace lacuna
