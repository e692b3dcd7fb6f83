// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <array>
#include <set>
#include <unordered_map>

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

/// Dictionaries can be shared, so that a small pickle has very many ways through it. Each is looked at once.
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
    bool has_tensors(const PickleValue& dict);
    bool leads_to_tensors(const PickleValue& dict);
    std::set<std::string> names(const PickleValue& dict) const;
    const PickleValue* item(const PickleValue& dict, const std::string& key) const;
    const PickleValue* state_of_list(const PickleValue& list) const;
    const PickleValue* unwrap(const PickleValue& dict);
    void collect(const PickleValue& dict, const std::string& prefix, int depth);
    void add(const std::string& name, const PickledTensor& tensor);
    void remove_module_prefix();

    const ByteSource& source_;
    const Pickle& pickle_;
    CheckpointContents& contents_;
    std::unordered_map<const PickleValue*, bool> has_tensors_{}, leads_{};
    std::uint64_t collected_ = 0; ///< items looked at by collect()
};

bool Namer::has_tensors(const PickleValue& dict)
{
    if (!is_dict(dict))
        return false;
    const auto [known, fresh] = has_tensors_.emplace(&dict, false);
    for (std::size_t i = 1; fresh && i < dict.items.size() && !known->second; i += 2)
        known->second = value(dict.items[i]).kind == Kind::Tensor;
    return known->second;
}

/// True when a dictionary holds tensors, or a wrapper in it leads to some. Pickles are at most 32 deep.
bool Namer::leads_to_tensors(const PickleValue& dict)
{
    if (!is_dict(dict))
        return false;
    if (const auto known = leads_.find(&dict); known != leads_.end())
        return known->second;
    bool leads = has_tensors(dict);
    for (const char* key : wrappers)
        if (const PickleValue* inner = leads ? nullptr : item(dict, key))
            leads = leads_to_tensors(*inner);
    return leads_[&dict] = leads;
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
    for (const std::uint32_t id : list.items)
        if (!first && is_dict(value(id)))
            first = &value(id);
    if (!first)
        return nullptr;
    const PickleValue& last = value(list.items.back());
    return is_dict(last) && names(last) == names(*first) ? &last : first;
}

/// One step inwards through a known wrapper, or through the only dictionary that holds tensors; null if there is
/// none.
const PickleValue* Namer::unwrap(const PickleValue& dict)
{
    const auto enter = [&](const PickleValue& inner, const std::string& key) {
        contents_.wrapper += (contents_.wrapper.empty() ? "" : ".") + key;
        return &inner;
    };
    if (has_tensors(dict))
        return nullptr;
    for (const char* key : wrappers)
        if (const PickleValue* inner = item(dict, key); inner && leads_to_tensors(*inner))
            return enter(*inner, key);
    const PickleValue *only = nullptr, *only_key = nullptr;
    for (std::size_t i = 0; i + 1 < dict.items.size(); i += 2)
        if (has_tensors(value(dict.items[i + 1]))) {
            if (only)
                return nullptr;
            only = &value(dict.items[i + 1]);
            only_key = &value(dict.items[i]);
        }
    return only ? enter(*only, key_text(*only_key)) : nullptr;
}

void Namer::collect(const PickleValue& dict, const std::string& prefix, int depth)
{
    constexpr std::uint64_t most_items = 1000000;
    constexpr std::size_t longest_name = 1000;
    collected_ += dict.items.size();
    if (collected_ > most_items)
        source_.refuse("holds more than a million names", "Save only the weights of one model");
    for (std::size_t i = 0; i + 1 < dict.items.size(); i += 2) {
        const PickleValue& held = value(dict.items[i + 1]);
        const std::string name = prefix + key_text(value(dict.items[i]));
        if (name.size() > longest_name)
            source_.refuse("uses a name of more than 1000 characters", "Save it again with other names");
        if (is_dict(held) && depth < 4)
            collect(held, name + ".", depth + 1);
        if (held.kind == Kind::Tensor)
            add(name, pickle_.tensors[static_cast<std::size_t>(held.number)]);
    }
}

void Namer::add(const std::string& name, const PickledTensor& tensor)
{
    constexpr std::size_t most_tensors = 65536;
    const DType dtype = pickle_.storages[tensor.storage].dtype;
    const TensorEntry entry{dtype, tensor.shape, tensor.strides, tensor.storage, tensor.offset};
    if (!contents_.tensors.emplace(name, entry).second)
        source_.refuse("has the name " + in_quotes(name) + " twice", "Save it again with other names");
    if (contents_.tensors.size() > most_tensors)
        source_.refuse("holds more than 65536 tensors", "Save only the weights of one model");
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
    const PickleValue* dict =
        root.kind == Kind::List || root.kind == Kind::Tuple ? state_of_list(root) : &root;
    if (dict && is_dict(*dict)) {
        while (const PickleValue* inner = unwrap(*dict))
            dict = inner;
        collect(*dict, "", 0);
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
