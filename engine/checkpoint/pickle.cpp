// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/checkpoint/pickle.h"

#include <algorithm>
#include <bit>
#include <string_view>
#include <unordered_map>
#include <unordered_set>

#include "engine/checkpoint/pickle_names.h"
#include "engine/checkpoint/tensor_geometry.h"

namespace lacuna {

namespace {

using Kind = PickleValue::Kind;
using Id = std::uint32_t;

constexpr std::uint64_t most_operations = 1000000, most_memo = 1000000, longest_text = 1 << 20,
                        longest_key = 1000;
constexpr int deepest = 32;
constexpr const char* distrust = "Do not trust this file unless you know where it is from";

bool is_dict(const PickleValue& value)
{
    return value.kind == Kind::Dict || value.kind == Kind::OrderedDict;
}

/// The keys of a dictionary; the texts are those of the values.
struct Keys {
    std::unordered_set<std::string_view> texts{};
    std::unordered_set<std::int64_t> numbers{};
};

/// The stack machine that pickles are programs for, without the parts that could run anything.
class Machine {
public:
    Machine(ByteReader& reader, int storage_parts)
        : reader_(reader),
          source_(reader.source()),
          storage_parts_(storage_parts)
    {
    }

    Pickle run();

private:
    [[noreturn]] void refuse(const std::string& cause) const { source_.refuse(cause, distrust); }

    // The stack: marks remember how many items were there.
    Id pop();
    std::vector<Id> pop_to_mark();
    std::vector<Id> pop_count(std::size_t count);
    void push(PickleValue value);
    PickleValue& top();
    void push_number(Kind kind, std::int64_t number) { push({kind, number, 0, {}, {}}); }
    void push_items(Kind kind, std::vector<Id> items) { push({kind, 0, 0, {}, std::move(items)}); }
    const PickleValue& value(Id id) const { return pickle_.values[id]; }

    // The operations.
    void start();
    bool step(std::uint8_t code);
    bool step_of_protocol_4(std::uint8_t code);
    void read_text(int length_bytes, bool ascii);
    void read_long();
    void read_real();
    void store(std::uint64_t index);
    void load(std::uint64_t index);
    void append(const std::vector<Id>& items);
    void set_items(const std::vector<Id>& items);
    void add_to_dict(Id dict, const std::vector<Id>& items);
    std::string read_line();
    void push_global(const std::string& module, const std::string& name);
    void reduce();
    void build();
    void find_storage();

    // The five functions, with their arguments.
    void make_ordered_dict(const std::vector<Id>& arguments);
    void make_tensor(const std::vector<Id>& arguments, bool second_version);
    void make_parameter(const std::vector<Id>& arguments);
    void make_size(const std::vector<Id>& arguments);
    std::int64_t integer(Id id, const char* what) const;
    std::vector<std::int64_t> integers(Id id, const char* what) const;
    void check_hooks(Id id) const;

    void check_nesting() const;

    ByteReader& reader_;
    const ByteSource& source_;
    int storage_parts_, protocol_ = 2;
    Pickle pickle_{};
    std::vector<Id> stack_{};
    std::vector<std::size_t> marks_{};
    std::unordered_map<std::uint64_t, Id> memo_{};
    std::unordered_map<Id, Keys> keys_{}; ///< of each dict
    std::uint64_t copied_ = 0;            ///< items that dictionaries were made of
    std::unordered_map<std::string, std::size_t> storages_{};
};

Id Machine::pop()
{
    if (stack_.size() <= (marks_.empty() ? 0 : marks_.back()))
        refuse("takes more from the pickle stack than there is");
    const Id id = stack_.back();
    stack_.pop_back();
    return id;
}

std::vector<Id> Machine::pop_to_mark()
{
    if (marks_.empty())
        refuse("uses a mark of the pickle stack that was never set");
    const auto begin = stack_.begin() + static_cast<std::ptrdiff_t>(marks_.back());
    std::vector<Id> items(begin, stack_.end());
    stack_.erase(begin, stack_.end());
    marks_.pop_back();
    return items;
}

std::vector<Id> Machine::pop_count(std::size_t count)
{
    std::vector<Id> items(count);
    for (std::size_t i = count; i-- > 0;)
        items[i] = pop();
    return items;
}

void Machine::push(PickleValue value)
{
    stack_.push_back(static_cast<Id>(pickle_.values.size()));
    pickle_.values.push_back(std::move(value));
}

PickleValue& Machine::top()
{
    const Id id = pop();
    stack_.push_back(id);
    return pickle_.values[id];
}

void Machine::start()
{
    if (reader_.byte() != 0x80)
        refuse("holds a pickle without a protocol number");
    protocol_ = reader_.byte();
    if (protocol_ != 2 && protocol_ != 4)
        source_.refuse("was saved with pickle protocol " + std::to_string(protocol_),
                       "Save it again with torch.save and its default protocol");
}

Pickle Machine::run()
{
    start();
    for (std::uint64_t count = 0;; ++count) {
        if (count == most_operations)
            refuse("holds more than a million pickle operations");
        const std::uint8_t code = reader_.byte();
        if (code == '.')
            break;
        if (!step(code) && !(protocol_ == 4 && step_of_protocol_4(code)))
            refuse("uses the pickle operation " + operation_name(code)
                   + ", which weights do not need; nothing of it was run");
    }
    if (stack_.empty())
        refuse("leaves no object on the pickle stack");
    pickle_.root = stack_.back();
    pickle_.end = reader_.position();
    check_nesting();
    if (stack_.size() != 1 || !marks_.empty())
        refuse("leaves more than one object on the pickle stack");
    return std::move(pickle_);
}

bool Machine::step(std::uint8_t code)
{
    switch (code) {
    case '(':
        marks_.push_back(stack_.size());
        return true;
    case ')':
        push_items(Kind::Tuple, {});
        return true;
    case 't':
        push_items(Kind::Tuple, pop_to_mark());
        return true;
    case 0x85:
    case 0x86:
    case 0x87:
        push_items(Kind::Tuple, pop_count(code - 0x84u));
        return true;
    case ']':
        push_items(Kind::List, {});
        return true;
    case 'a':
        append(pop_count(1));
        return true;
    case 'e':
        append(pop_to_mark());
        return true;
    case '}':
        push_items(Kind::Dict, {});
        return true;
    case 's':
        set_items(pop_count(2));
        return true;
    case 'u':
        set_items(pop_to_mark());
        return true;
    case 'N':
        push_number(Kind::None, 0);
        return true;
    case 0x88:
        push_number(Kind::Bool, 1);
        return true;
    case 0x89:
        push_number(Kind::Bool, 0);
        return true;
    case 'J':
        push_number(Kind::Integer, static_cast<std::int32_t>(reader_.number(4)));
        return true;
    case 'K':
        push_number(Kind::Integer, reader_.byte());
        return true;
    case 'M':
        push_number(Kind::Integer, static_cast<std::int64_t>(reader_.number(2)));
        return true;
    case 0x8A:
        read_long();
        return true;
    case 'G':
        read_real();
        return true;
    case 'X':
        read_text(4, false);
        return true;
    case 'h':
        load(reader_.byte());
        return true;
    case 'j':
        load(reader_.number(4));
        return true;
    case 'R':
        reduce();
        return true;
    case 'Q':
        find_storage();
        return true;
    case 'b':
        build();
        return true;
    default:
        break;
    }
    if (protocol_ == 4)
        return false;
    switch (code) {
    case 'U':
        read_text(1, true);
        return true;
    case 'q':
        store(reader_.byte());
        return true;
    case 'r':
        store(reader_.number(4));
        return true;
    case 'c': {
        const std::string module = read_line();
        push_global(module, read_line());
        return true;
    }
    default:
        return false;
    }
}

/// The ways of protocol 4 to write a short text, BINPUT and GLOBAL.
bool Machine::step_of_protocol_4(std::uint8_t code)
{
    switch (code) {
    case 0x95: // a hint for reading ahead
        if (reader_.number(8) > reader_.left())
            refuse("announces a pickle frame that is longer than the file");
        return true;
    case 0x8C:
        read_text(1, false);
        return true;
    case 0x94:
        store(memo_.size());
        return true;
    case 0x93: {
        const std::vector<Id> names = pop_count(2);
        if (value(names[0]).kind != Kind::Text || value(names[1]).kind != Kind::Text)
            refuse("names a pickle function by something else than text");
        push_global(value(names[0]).text, value(names[1]).text);
        return true;
    }
    default:
        return false;
    }
}

void Machine::read_text(int length_bytes, bool ascii)
{
    const std::uint64_t length = reader_.number(length_bytes);
    if (length > reader_.left())
        source_.refuse("ends too early, inside of a text of the pickle", "Download it again");
    if (length > longest_text)
        refuse("holds a text of more than 1 MB in its pickle");
    PickleValue text{Kind::Text, 0, 0, reader_.text(length), {}};
    for (const char c : text.text)
        ascii = ascii && static_cast<unsigned char>(c) < 0x80;
    if (!ascii && !is_utf8(text.text))
        refuse("holds a text that is not UTF-8: " + in_quotes(text.text));
    push(std::move(text));
}

void Machine::read_long()
{
    const int length = reader_.byte();
    std::uint64_t bits = 0;
    std::uint8_t last = 0;
    bool fits = length <= 9;
    for (int i = 0; fits && i < length; ++i) {
        last = reader_.byte();
        if (i < 8)
            bits |= std::uint64_t(last) << (8 * i);
    }
    const bool negative = last & 0x80;
    if (length < 8 && negative)
        bits |= ~std::uint64_t(0) << (8 * length);
    if (length == 9) // only the sign may stand in the ninth byte
        fits = last == (bits >> 63 ? 0xFF : 0);
    if (!fits)
        refuse("holds a whole number of more than 64 bits in its pickle");
    push_number(Kind::Integer, static_cast<std::int64_t>(bits));
}

void Machine::read_real()
{
    std::uint64_t bits = 0;
    for (int i = 0; i < 8; ++i)
        bits = bits << 8 | reader_.byte();
    push({Kind::Real, 0, std::bit_cast<double>(bits), {}, {}});
}

void Machine::store(std::uint64_t index)
{
    if (index > most_memo)
        refuse("uses a pickle memo of more than a million entries");
    top();
    memo_[index] = stack_.back();
}

void Machine::load(std::uint64_t index)
{
    const auto found = memo_.find(index);
    if (found == memo_.end())
        refuse("uses a pickle memo entry that was never stored");
    stack_.push_back(found->second);
}

void Machine::append(const std::vector<Id>& items)
{
    PickleValue& list = top();
    if (list.kind != Kind::List)
        refuse("appends to something that is not a list");
    list.items.insert(list.items.end(), items.begin(), items.end());
}

void Machine::set_items(const std::vector<Id>& items)
{
    if (!is_dict(top()))
        refuse("sets an item of something that is not a dictionary");
    add_to_dict(stack_.back(), items);
}

void Machine::add_to_dict(Id dict, const std::vector<Id>& items)
{
    if (items.size() % 2 != 0)
        refuse("sets dictionary items with an odd number of objects on the pickle stack");
    Keys& keys = keys_[dict];
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

std::string Machine::read_line()
{
    std::string line;
    for (std::uint8_t c = reader_.byte(); c != '\n'; c = reader_.byte()) {
        line += static_cast<char>(c);
        if (line.size() > 1000)
            refuse("names a function by more than 1000 characters");
    }
    return line;
}

void Machine::push_global(const std::string& module, const std::string& name)
{
    if (const auto function = find_function(module, name))
        push_number(Kind::Callable, static_cast<std::int64_t>(*function));
    else if (const auto dtype = find_storage_class(module, name))
        push_number(Kind::StorageClass, static_cast<std::int64_t>(*dtype));
    else
        refuse_name(source_, module, name);
}

void Machine::reduce()
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
void Machine::make_ordered_dict(const std::vector<Id>& arguments)
{
    std::vector<Id> items;
    if (arguments.size() > 1 || (arguments.size() == 1 && value(arguments[0]).kind != Kind::List))
        refuse("makes a dictionary of something that is not a list");
    if (arguments.size() == 1)
        copied_ += value(arguments[0]).items.size();
    if (copied_ > most_operations) // one list can be used many times
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
void Machine::make_tensor(const std::vector<Id>& arguments, bool second_version)
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
void Machine::make_parameter(const std::vector<Id>& arguments)
{
    if (arguments.size() != 3 || value(arguments[0]).kind != Kind::Tensor
        || value(arguments[1]).kind != Kind::Bool)
        refuse("makes a parameter of something that is not a tensor");
    check_hooks(arguments[2]);
    stack_.push_back(arguments[0]);
}

/// (tuple of sizes)
void Machine::make_size(const std::vector<Id>& arguments)
{
    if (arguments.size() != 1)
        refuse("makes a size of something that is not a tuple");
    integers(arguments[0], "a size");
    stack_.push_back(arguments[0]);
}

std::int64_t Machine::integer(Id id, const char* what) const
{
    if (value(id).kind != Kind::Integer)
        refuse(std::string("gives ") + what + " that is not a whole number");
    return value(id).number;
}

std::vector<std::int64_t> Machine::integers(Id id, const char* what) const
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

void Machine::check_hooks(Id id) const
{
    const PickleValue& hooks = value(id);
    if (hooks.kind != Kind::None && !(is_dict(hooks) && hooks.items.empty()))
        refuse("attaches functions to a tensor");
}

/// Module.state_dict() leaves a `_metadata` attribute, which is not needed.
void Machine::build()
{
    const PickleValue& state = value(pop());
    const bool metadata =
        state.kind == Kind::Dict && state.items.size() == 2 && value(state.items[0]).text == "_metadata";
    if (top().kind != Kind::OrderedDict || !metadata)
        refuse("sets attributes of an object, which weights do not need");
}

/// ('storage', class, key, location, elements[, view])
void Machine::find_storage()
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
void Machine::check_nesting() const
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

} // namespace

Pickle read_pickle(ByteReader& reader, int storage_parts)
{
    return Machine(reader, storage_parts).run();
}

} // namespace lacuna
