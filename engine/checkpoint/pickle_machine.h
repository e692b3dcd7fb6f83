// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "engine/checkpoint/pickle.h"

namespace lacuna {

/// The keys of a dictionary; the texts are those of the values.
struct PickleKeys {
    std::unordered_set<std::string_view> texts{};
    std::unordered_set<std::int64_t> numbers{};
};

/// The stack machine that pickles are programs for, without the parts that could run anything.
class PickleMachine {
public:
    PickleMachine(ByteReader& reader, int storage_parts)
        : reader_(reader),
          source_(reader.source()),
          storage_parts_(storage_parts)
    {
    }

    Pickle run();

private:
    using Id = std::uint32_t;
    using Kind = PickleValue::Kind;

    [[noreturn]] void refuse(const std::string& cause) const;

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
    std::unordered_map<Id, PickleKeys> keys_{}; ///< of each dict
    std::uint64_t copied_ = 0;                  ///< items that dictionaries were made of
    std::unordered_map<std::string, std::size_t> storages_{};
};

} // namespace lacuna
