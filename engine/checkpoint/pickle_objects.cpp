// SPDX-License-Identifier: GPL-3.0-or-later
// The containers, the five functions and the blocks of numbers of a pickle.
#include <algorithm>

#include "engine/checkpoint/pickle_machine.h"
#include "engine/checkpoint/pickle_names.h"
#include "engine/checkpoint/tensor_geometry.h"

namespace lacuna {

namespace {

constexpr std::uint64_t most_items = 1000000;
constexpr std::size_t longest_key = 1000;
constexpr int deepest = 32;

bool is_dict(const PickleValue& value)
{
    return value.kind == PickleValue::Kind::Dict || value.kind == PickleValue::Kind::OrderedDict;
}

} // namespace

void PickleMachine::append(const std::vector<Id>& items)
{
    PickleValue& list = top();
    if (list.kind != Kind::List)
        refuse("appends to something that is not a list");
    list.items.insert(list.items.end(), items.begin(), items.end());
}

void PickleMachine::set_items(const std::vector<Id>& items)
{
    if (!is_dict(top()))
        refuse("sets an item of something that is not a dictionary");
    add_to_dict(stack_.back(), items);
}

void PickleMachine::add_to_dict(Id dict, const std::vector<Id>& items)
{
    if (items.size() % 2 != 0)
        refuse("sets dictionary items with an odd number of objects on the pickle stack");
    PickleKeys& keys = keys_[dict];
    for (std::size_t i = 0; i < items.size(); i += 2) {
        const PickleValue& key = value(items[i]);
        if (key.kind != Kind::Text && key.kind != Kind::Integer)
            refuse("uses a dictionary key that is neither a text nor a whole number");
        if (key.text.size() > longest_key)
            refuse("uses a name of more than 1000 characters");
        const bool fresh = key.kind == Kind::Text ? keys.texts.insert(key.text).second
                                                  : keys.numbers.insert(key.number).second;
        if (!fresh)
            refuse("has the name " + in_quotes(key.kind == Kind::Text ? key.text : std::to_string(key.number))
                   + " twice");
    }
    std::vector<Id>& all = pickle_.values[dict].items;
    all.insert(all.end(), items.begin(), items.end());
}

void PickleMachine::push_global(const std::string& module, const std::string& name)
{
    if (const auto function = find_function(module, name))
        push_number(Kind::Callable, static_cast<std::int64_t>(*function));
    else if (const auto dtype = find_storage_class(module, name))
        push_number(Kind::StorageClass, static_cast<std::int64_t>(*dtype));
    else
        refuse_name(source_, module, name);
}

void PickleMachine::reduce()
{
    const std::vector<Id> call = pop_count(2);
    const PickleValue& function = value(call[0]);
    const PickleValue& arguments = value(call[1]);
    if (function.kind != Kind::Callable || arguments.kind != Kind::Tuple)
        refuse("calls something that is not a function");
    switch (static_cast<PickleFunction>(function.number)) {
    case PickleFunction::OrderedDict:
        return make_ordered_dict(arguments.items);
    case PickleFunction::RebuildTensorV2:
        return make_tensor(arguments.items, true);
    case PickleFunction::RebuildTensor:
        return make_tensor(arguments.items, false);
    case PickleFunction::RebuildParameter:
        return make_parameter(arguments.items);
    case PickleFunction::Size:
        return make_size(arguments.items);
    }
}

/// OrderedDict(), or OrderedDict([[key, value], ...]) of Python 2.
void PickleMachine::make_ordered_dict(const std::vector<Id>& arguments)
{
    std::vector<Id> items;
    if (arguments.size() > 1 || (arguments.size() == 1 && value(arguments[0]).kind != Kind::List))
        refuse("makes a dictionary of something that is not a list");
    if (arguments.size() == 1)
        copied_ += value(arguments[0]).items.size();
    if (copied_ > most_items) // one list can be used many times
        refuse("makes dictionaries of more than a million items");
    if (arguments.size() == 1)
        for (const Id id : value(arguments[0]).items) {
            const PickleValue& pair = value(id);
            if ((pair.kind != Kind::List && pair.kind != Kind::Tuple) || pair.items.size() != 2)
                refuse("makes a dictionary of something that is not pairs");
            items.insert(items.end(), pair.items.begin(), pair.items.end());
        }
    push_items(Kind::OrderedDict, {});
    add_to_dict(stack_.back(), items);
}

/// (storage, offset, size, stride[, requires_grad, hooks])
void PickleMachine::make_tensor(const std::vector<Id>& arguments, bool second_version)
{
    if (arguments.size() != (second_version ? 6u : 4u) || value(arguments[0]).kind != Kind::Storage)
        refuse("rebuilds a tensor from something that is not a storage");
    if (second_version && value(arguments[4]).kind != Kind::Bool)
        refuse("rebuilds a tensor with arguments of the wrong kind");
    if (second_version)
        check_hooks(arguments[5]);
    PickledTensor tensor{static_cast<std::size_t>(value(arguments[0]).number),
                         integer(arguments[1], "an offset"), integers(arguments[2], "a size"),
                         integers(arguments[3], "a stride")};
    const PickledStorage& storage = pickle_.storages[tensor.storage];
    const std::string problem =
        geometry_problem(tensor.shape, tensor.strides, tensor.offset, storage.elements);
    if (!problem.empty())
        refuse("has a tensor on the block " + in_quotes(storage.key) + " " + problem);
    push_number(Kind::Tensor, static_cast<std::int64_t>(pickle_.tensors.size()));
    pickle_.tensors.push_back(std::move(tensor));
}

/// (tensor, requires_grad, hooks)
void PickleMachine::make_parameter(const std::vector<Id>& arguments)
{
    if (arguments.size() != 3 || value(arguments[0]).kind != Kind::Tensor
        || value(arguments[1]).kind != Kind::Bool)
        refuse("makes a parameter of something that is not a tensor");
    check_hooks(arguments[2]);
    stack_.push_back(arguments[0]);
}

/// (tuple of sizes)
void PickleMachine::make_size(const std::vector<Id>& arguments)
{
    if (arguments.size() != 1)
        refuse("makes a size of something that is not a tuple");
    integers(arguments[0], "a size");
    stack_.push_back(arguments[0]);
}

std::int64_t PickleMachine::integer(Id id, const char* what) const
{
    if (value(id).kind != Kind::Integer)
        refuse(std::string("gives ") + what + " that is not a whole number");
    return value(id).number;
}

std::vector<std::int64_t> PickleMachine::integers(Id id, const char* what) const
{
    if (value(id).kind != Kind::Tuple)
        refuse(std::string("gives ") + what + " that is not a tuple");
    if (value(id).items.size() > 8)
        refuse(std::string("gives ") + what + " with more than 8 dimensions");
    std::vector<std::int64_t> numbers;
    for (const Id item : value(id).items)
        numbers.push_back(integer(item, what));
    return numbers;
}

void PickleMachine::check_hooks(Id id) const
{
    const PickleValue& hooks = value(id);
    if (hooks.kind != Kind::None && !(is_dict(hooks) && hooks.items.empty()))
        refuse("attaches functions to a tensor");
}

/// Module.state_dict() leaves a `_metadata` attribute, which is not needed.
void PickleMachine::build()
{
    const PickleValue& state = value(pop());
    const bool metadata =
        state.kind == Kind::Dict && state.items.size() == 2 && value(state.items[0]).text == "_metadata";
    if (top().kind != Kind::OrderedDict || !metadata)
        refuse("sets attributes of an object, which weights do not need");
}

/// ('storage', class, key, location, elements[, view])
void PickleMachine::find_storage()
{
    const PickleValue& parts = value(pop());
    if (parts.kind == Kind::Tuple && !parts.items.empty() && value(parts.items[0]).text == "module")
        refuse("holds the source code of a Python class beside the weights");
    if (parts.kind != Kind::Tuple || parts.items.size() != static_cast<std::size_t>(storage_parts_)
        || value(parts.items[0]).text != "storage")
        refuse("refers to something outside of the pickle that is not a block of numbers");
    const PickleValue& type = value(parts.items[1]);
    const PickleValue& key = value(parts.items[2]);
    if (type.kind != Kind::StorageClass || key.kind != Kind::Text || value(parts.items[3]).kind != Kind::Text)
        refuse("describes a block of numbers with parts of the wrong kind");
    if (storage_parts_ == 6 && value(parts.items[5]).kind != Kind::None)
        source_.refuse("uses views of blocks in the way of very old PyTorch",
                       "Load and save it with a newer PyTorch");
    if (key.text.empty() || key.text.size() > 20
        || key.text.find_first_not_of("0123456789") != std::string::npos)
        refuse("has a block whose name is not a plain number: " + in_quotes(key.text));

    const PickledStorage storage{key.text, static_cast<DType>(type.number),
                                 integer(parts.items[4], "a block length")};
    std::int64_t bytes = 0;
    if (storage.elements < 0
        || __builtin_mul_overflow(storage.elements, std::int64_t(size_of(storage.dtype)), &bytes))
        refuse("has the block " + in_quotes(key.text) + " with an impossible length");
    const auto [known, fresh] = storages_.emplace(key.text, pickle_.storages.size());
    if (fresh)
        pickle_.storages.push_back(storage);
    const PickledStorage& first = pickle_.storages[known->second];
    if (first.dtype != storage.dtype || first.elements != storage.elements)
        refuse("declares the block " + in_quotes(key.text) + " twice in different ways");
    push_number(Kind::Storage, static_cast<std::int64_t>(known->second));
}

/// Depth-first, each container once, without recursion: its height is one more than that of its highest item.
void PickleMachine::check_nesting() const
{
    constexpr int unknown = 0, open = -1;
    std::vector<int> height(pickle_.values.size(), unknown);
    std::vector<std::pair<Id, std::size_t>> path{{pickle_.root, 0}};
    height[pickle_.root] = open;
    while (!path.empty()) {
        auto& [id, next] = path.back();
        const std::vector<Id>& items = value(id).items;
        if (next == items.size()) {
            int highest = 0;
            for (const Id item : items)
                highest = std::max(highest, height[item]);
            height[id] = highest + 1;
            if (highest + 1 > deepest + 1)
                refuse("nests objects more than 32 deep in its pickle");
            path.pop_back();
            continue;
        }
        const Id item = items[next++];
        if (height[item] == open)
            refuse("holds an object that contains itself");
        if (height[item] == unknown) {
            height[item] = open;
            path.emplace_back(item, 0);
        }
    }
}

} // namespace lacuna
