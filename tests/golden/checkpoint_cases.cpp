// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <set>

#include "engine/models/state_dict.h"
#include "golden_case.h"

namespace lacuna::golden {

namespace {

/// The keys of arrays "<prefix><key>.npy"; none that begins with another prefix.
std::set<std::string> keys_of(const nlohmann::json& arrays, const std::string& prefix, const std::string& but)
{
    std::set<std::string> keys;
    for (const auto& [file, description] : arrays.items()) {
        const std::string name = file.substr(0, file.rfind(".npy"));
        if (starts_with(name, prefix) && (but.empty() || !starts_with(name, but)))
            keys.insert(name.substr(prefix.size()));
    }
    return keys;
}

/// Each file holds all of the plain tensors, or some of those of the module.
enum class Set { Plain, Module, Other };

Set set_of(const StateDict& state, const std::set<std::string>& plain, const std::set<std::string>& module)
{
    std::set<std::string> keys;
    for (const auto& [name, tensor] : state)
        keys.insert(name);
    if (keys == plain)
        return Set::Plain;
    return std::includes(module.begin(), module.end(), keys.begin(), keys.end()) ? Set::Module : Set::Other;
}

} // namespace

/// Containers and wrappings of the same tensors: names, formats and values must all be the expected ones.
bool run_checkpoint_case(GoldenCase& golden)
{
    if (golden.params().value("kind", "") != "checkpoint_forms")
        return false;
    const nlohmann::json& arrays = golden.params().at("arrays");
    const std::set<std::string> plain = keys_of(arrays, "expect_", "expect_module_");
    const std::set<std::string> module = keys_of(arrays, "expect_module_", "");
    std::set<std::string> missing;
    for (const auto& [file, description] : arrays.items())
        missing.insert(file);
    for (const auto& [file, description] : golden.params().at("files").items()) {
        const StateDict state = read_state_dict(Checkpoint::open(golden.folder() / file));
        const Set set = set_of(state, plain, module);
        if (set == Set::Other) {
            golden.fail(file + " has other names than expected");
            continue;
        }
        for (const auto& [key, values] : state) {
            missing.erase((set == Set::Module ? "expect_module_" : "expect_") + key + ".npy");
            const Tensor expected = golden.array((set == Set::Module ? "expect_module_" : "expect_") + key);
            if (values.scalar_type() != expected.scalar_type())
                golden.fail(file + ": " + key + " has another number format");
            golden.compare_values(values, expected, file + ": " + key, {});
        }
    }
    for (const std::string& array : missing)
        golden.fail("no file holds " + array);
    return true;
}

} // namespace lacuna::golden
