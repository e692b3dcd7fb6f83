// SPDX-License-Identifier: GPL-3.0-or-later
#include "golden_case.h"

#include <charconv>
#include <cmath>
#include <iostream>
#include <limits>

namespace lacuna::golden {

GoldenCase::GoldenCase(nlohmann::json entry, std::filesystem::path folder, std::filesystem::path root)
    : name_(entry.value("name", folder.filename().string())),
      params_(entry.value("params", nlohmann::json::object())),
      tolerance_(entry.value("tolerance", nlohmann::json::object())),
      source_(entry.value("source", "")),
      folder_(std::move(folder)),
      root_(std::move(root))
{
    const nlohmann::json arrays = entry.value("arrays", nlohmann::json::object());
    for (const auto& [array, shape] : arrays.items())
        names_.insert(array);
}

double GoldenCase::number(const std::string& key, double otherwise) const
{
    const auto found = params_.find(key);
    return found != params_.end() && found->is_number() ? found->get<double>() : otherwise;
}

bool GoldenCase::source_mentions(const std::string& text) const
{
    return source_.find(text) != std::string::npos;
}

Tensor GoldenCase::array(const std::string& name)
{
    touched_.insert(name);
    return read_npy(folder_ / (name + ".npy"));
}

std::vector<double> GoldenCase::numbers(const std::string& name)
{
    const Tensor values = array(name).to(at::kDouble).contiguous();
    return {values.data_ptr<double>(), values.data_ptr<double>() + values.numel()};
}

Tensor GoldenCase::common(const std::string& path) const
{
    const std::filesystem::path relative = path + ".npy";
    if (relative.is_absolute() || path.find("..") != std::string::npos)
        throw BrokenData(relative, "a case names arrays of its own data set only");
    return read_npy(root_ / relative);
}

double GoldenCase::tolerance(const std::string& key, double otherwise) const
{
    const auto found = tolerance_.find(key);
    return found != tolerance_.end() && found->is_number() ? found->get<double>() : otherwise;
}

void GoldenCase::fail(const std::string& why)
{
    failed_ = true;
    std::cerr << name_ << ": " << why << '\n';
}

void GoldenCase::compare(const Tensor& actual, const std::string& array, Allowed allowed)
{
    compare_values(actual, this->array(array), array, allowed);
}

void GoldenCase::compare(const std::vector<double>& actual, const std::string& array, Allowed allowed)
{
    compare(at::tensor(actual, at::kDouble), array, allowed);
}

void GoldenCase::compare_integers(const std::vector<std::int64_t>& actual, const std::string& array,
                                  std::int64_t allowed)
{
    compare(at::tensor(actual, at::kLong), array, {.absolute = static_cast<double>(allowed)});
}

void GoldenCase::compare_integers(const std::vector<int>& actual, const std::string& array)
{
    compare_integers(std::vector<std::int64_t>(actual.begin(), actual.end()), array);
}

void GoldenCase::compare_values(const Tensor& actual, const Tensor& expected, const std::string& what,
                                Allowed allowed)
{
    const Tensor magnitudes = expected.to(at::kDouble).abs();
    compare_within(actual, expected, what, allowed.absolute + allowed.relative * magnitudes);
}

void GoldenCase::compare_within(const Tensor& actual, const Tensor& expected, const std::string& what,
                                const Tensor& bound)
{
    compared_ = true;
    if (actual.sizes() != expected.sizes()) {
        fail(what + " does not have the expected shape");
        return;
    }
    const Tensor errors = (actual.to(at::kDouble) - expected.to(at::kDouble)).abs().contiguous();
    const Tensor bounds = bound.to(at::kDouble).expand_as(expected).contiguous();
    for (std::int64_t i = 0; i < errors.numel(); ++i) {
        const double error = errors.data_ptr<double>()[i], limit = bounds.data_ptr<double>()[i];
        // A value that is not finite is as wrong as can be.
        const bool within = error <= limit;
        const double ratio = !std::isfinite(error) || (limit <= 0 && error > 0)
                                 ? std::numeric_limits<double>::infinity()
                                 : (limit > 0 ? error / limit : 0);
        if (ratio > worst_ratio_) {
            worst_ratio_ = ratio;
            worst_error_ = error;
            worst_bound_ = limit;
        }
        if (!within && !failed_)
            fail(what + " differs first at element " + std::to_string(i));
        failed_ = failed_ || !within;
    }
}

std::vector<std::string> GoldenCase::untouched() const
{
    std::vector<std::string> names;
    for (const std::string& name : names_)
        if (!touched_.contains(name))
            names.push_back(name);
    return names;
}

bool starts_with(const std::string& name, const std::string& prefix)
{
    return name.rfind(prefix, 0) == 0;
}

double number_after(const std::string& name, const std::string& key)
{
    const std::size_t found = name.rfind(key);
    double value = 0;
    if (found == std::string::npos)
        throw BrokenData(name, "the name of the array has no " + key);
    const char* begin = name.data() + found + key.size();
    if (std::from_chars(begin, name.data() + name.size(), value).ec != std::errc{})
        throw BrokenData(name, "the name of the array has no number after " + key);
    return value;
}

} // namespace lacuna::golden
