// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <array>
#include <set>

#include "engine/checkpoint/contents.h"

namespace lacuna {

namespace {

using Kind = PickleValue::Kind;

/// Wrappers in the order of preference: averaged weights are those that samples are drawn with.
constexpr std::array<const char*, 16> wrappers{"ema_state_dict",
                                               "state_dict_ema",
                                               "model_ema",
                                               "ema_model",
                                               "params_ema",
                                               "ema",
                                               "shadow",
                                               "state_dict",
                                               "model_state_dict",
                                               "model",
                                               "params",
                                               "network",
                                               "net",
                                               "generator",
                                               "weights",
                                               "module"};

bool is_dict(const PickleValue& value)
{
    return value.kind == Kind::Dict || value.kind == Kind::OrderedDict;
}

std::string key_text(const PickleValue& key)
{
    return key.kind == Kind::Text ? key.text : std::to_string(key.number);
}

/// A dictionary somewhere in the pickle, with the names that lead to it.
struct Found {
    const PickleValue* dict = nullptr;
    std::string path{};
};

class Namer {
public:
    Namer(const ByteSource& source, const Pickle& pickle, CheckpointContents& contents)
        : source_(source),
          pickle_(pickle),
          contents_(contents)
    {
    }

    void run();

private:
    const PickleValue& value(std::uint32_t id) const { return pickle_.value(id); }
    bool has_tensors(const PickleValue& dict) const;
    std::set<std::string> names(const PickleValue& dict) const;
    const PickleValue* item(const PickleValue& dict, const std::string& key) const;
    const PickleValue* state_of_list(const PickleValue& list) const;
    bool unwrap(Found& found) const;
    void collect(const PickleValue& dict, const std::string& prefix, int depth);
    void remove_module_prefix();

    const ByteSource& source_;
    const Pickle& pickle_;
    CheckpointContents& contents_;
};

bool Namer::has_tensors(const PickleValue& dict) const
{
    if (!is_dict(dict))
        return false;
    for (std::size_t i = 1; i < dict.items.size(); i += 2)
        if (value(dict.items[i]).kind == Kind::Tensor)
            return true;
    return false;
}

/// The names of the tensors directly in a dictionary, without 'module.'.
std::set<std::string> Namer::names(const PickleValue& dict) const
{
    std::set<std::string> all;
    for (std::size_t i = 0; i + 1 < dict.items.size(); i += 2) {
        const std::string name = key_text(value(dict.items[i]));
        if (value(dict.items[i + 1]).kind == Kind::Tensor)
            all.insert(name.rfind("module.", 0) == 0 ? name.substr(7) : name);
    }
    return all;
}

const PickleValue* Namer::item(const PickleValue& dict, const std::string& key) const
{
    for (std::size_t i = 0; i + 1 < dict.items.size(); i += 2)
        if (value(dict.items[i]).kind == Kind::Text && value(dict.items[i]).text == key)
            return &value(dict.items[i + 1]);
    return nullptr;
}

/// Of [state, optimizer, epoch, step] the state; of [state, ..., averages] with the same names the averages, as
/// the DDIM code does.
const PickleValue* Namer::state_of_list(const PickleValue& list) const
{
    const PickleValue* first = nullptr;
    for (const std::uint32_t id : list.items) {
        const PickleValue& candidate = value(id);
        if (!is_dict(candidate))
            continue;
        if (!first)
            first = &candidate;
        else if (has_tensors(candidate) && names(candidate) == names(*first))
            return &candidate;
    }
    return first;
}

/// One step inwards through a known wrapper, or through the only dictionary that holds tensors.
bool Namer::unwrap(Found& found) const
{
    if (has_tensors(*found.dict))
        return false;
    const auto enter = [&](const PickleValue& inner, const std::string& key) {
        found.dict = &inner;
        found.path += (found.path.empty() ? "" : ".") + key;
        return true;
    };
    for (const char* key : wrappers) {
        const PickleValue* inner = item(*found.dict, key);
        if (inner && is_dict(*inner) && !inner->items.empty())
            if (Found deeper{inner}; has_tensors(*inner) || unwrap(deeper))
                return enter(*inner, key);
    }
    const PickleValue *only = nullptr, *only_key = nullptr;
    for (std::size_t i = 0; i + 1 < found.dict->items.size(); i += 2)
        if (has_tensors(value(found.dict->items[i + 1]))) {
            if (only)
                return false;
            only = &value(found.dict->items[i + 1]);
            only_key = &value(found.dict->items[i]);
        }
    return only && enter(*only, key_text(*only_key));
}

void Namer::collect(const PickleValue& dict, const std::string& prefix, int depth)
{
    constexpr std::size_t most_tensors = 65536;
    for (std::size_t i = 0; i + 1 < dict.items.size(); i += 2) {
        const PickleValue& held = value(dict.items[i + 1]);
        const std::string name = prefix + key_text(value(dict.items[i]));
        if (is_dict(held) && depth < 4)
            collect(held, name + ".", depth + 1);
        if (held.kind != Kind::Tensor)
            continue;
        const PickledTensor& tensor = pickle_.tensors[static_cast<std::size_t>(held.number)];
        const DType dtype = pickle_.storages[tensor.storage].dtype;
        if (!contents_.tensors
                 .emplace(name,
                          TensorEntry{dtype, tensor.shape, tensor.strides, tensor.storage, tensor.offset})
                 .second)
            source_.refuse("has the name " + in_quotes(name) + " twice", "Save it again with other names");
        if (contents_.tensors.size() > most_tensors)
            source_.refuse("holds more than 65536 tensors", "Save only the weights of one model");
    }
}

void Namer::remove_module_prefix()
{
    const std::string prefix = "module.";
    auto& tensors = contents_.tensors;
    if (!std::all_of(tensors.begin(), tensors.end(), [&](const auto& t) {
            return t.first.rfind(prefix, 0) == 0 && t.first.size() > prefix.size();
        }))
        return;
    std::map<std::string, TensorEntry> renamed;
    for (auto& [name, entry] : tensors)
        renamed.emplace(name.substr(prefix.size()), std::move(entry));
    tensors = std::move(renamed);
}

void Namer::run()
{
    const PickleValue& root = value(pickle_.root);
    Found found{&root};
    if (root.kind == Kind::List || root.kind == Kind::Tuple)
        found.dict = state_of_list(root);
    if (found.dict && is_dict(*found.dict)) {
        while (unwrap(found)) {
        }
        contents_.wrapper = found.path;
        collect(*found.dict, "", 0);
    }
    if (contents_.tensors.empty())
        source_.refuse("holds no tensors with names", "Save model.state_dict()");
    remove_module_prefix();
}

} // namespace

void name_tensors(const ByteSource& source, const Pickle& pickle, CheckpointContents& contents)
{
    Namer(source, pickle, contents).run();
}

} // namespace lacuna
