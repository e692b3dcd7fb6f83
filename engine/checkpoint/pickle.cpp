// SPDX-License-Identifier: GPL-3.0-or-later
// The stack, the memo, the plain values and the dispatch of the operations.
#include "engine/checkpoint/pickle.h"

#include <bit>

#include "engine/checkpoint/pickle_machine.h"
#include "engine/checkpoint/pickle_names.h"

namespace lacuna {

namespace {

constexpr std::uint64_t most_operations = 1000000, most_memo = 1000000, longest_text = 1 << 20;

} // namespace

void PickleMachine::refuse(const std::string& cause) const
{
    source_.refuse(cause, "Do not trust this file unless you know where it is from");
}

PickleMachine::Id PickleMachine::pop()
{
    if (stack_.size() <= (marks_.empty() ? 0 : marks_.back()))
        refuse("takes more from the pickle stack than there is");
    const Id id = stack_.back();
    stack_.pop_back();
    return id;
}

std::vector<PickleMachine::Id> PickleMachine::pop_to_mark()
{
    if (marks_.empty())
        refuse("uses a mark of the pickle stack that was never set");
    const auto begin = stack_.begin() + static_cast<std::ptrdiff_t>(marks_.back());
    std::vector<Id> items(begin, stack_.end());
    stack_.erase(begin, stack_.end());
    marks_.pop_back();
    return items;
}

std::vector<PickleMachine::Id> PickleMachine::pop_count(std::size_t count)
{
    std::vector<Id> items(count);
    for (std::size_t i = count; i-- > 0;)
        items[i] = pop();
    return items;
}

void PickleMachine::push(PickleValue value)
{
    stack_.push_back(static_cast<Id>(pickle_.values.size()));
    pickle_.values.push_back(std::move(value));
}

PickleValue& PickleMachine::top()
{
    const Id id = pop();
    stack_.push_back(id);
    return pickle_.values[id];
}

void PickleMachine::start()
{
    if (reader_.byte() != 0x80)
        refuse("holds a pickle without a protocol number");
    protocol_ = reader_.byte();
    if (protocol_ != 2 && protocol_ != 4)
        source_.refuse("was saved with pickle protocol " + std::to_string(protocol_),
                       "Save it again with torch.save and its default protocol");
}

Pickle PickleMachine::run()
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

bool PickleMachine::step(std::uint8_t code)
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
bool PickleMachine::step_of_protocol_4(std::uint8_t code)
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

void PickleMachine::read_text(int length_bytes, bool ascii)
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

void PickleMachine::read_long()
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

void PickleMachine::read_real()
{
    std::uint64_t bits = 0;
    for (int i = 0; i < 8; ++i)
        bits = bits << 8 | reader_.byte();
    push({Kind::Real, 0, std::bit_cast<double>(bits), {}, {}});
}

void PickleMachine::store(std::uint64_t index)
{
    if (index > most_memo)
        refuse("uses a pickle memo of more than a million entries");
    top();
    memo_[index] = stack_.back();
}

void PickleMachine::load(std::uint64_t index)
{
    const auto found = memo_.find(index);
    if (found == memo_.end())
        refuse("uses a pickle memo entry that was never stored");
    stack_.push_back(found->second);
}

std::string PickleMachine::read_line()
{
    std::string line;
    for (std::uint8_t c = reader_.byte(); c != '\n'; c = reader_.byte()) {
        line += static_cast<char>(c);
        if (line.size() > 1000)
            refuse("names a function by more than 1000 characters");
    }
    return line;
}

Pickle read_pickle(ByteReader& reader, int storage_parts)
{
    return PickleMachine(reader, storage_parts).run();
}

} // namespace lacuna
