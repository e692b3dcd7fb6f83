// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/checkpoint/pickle_names.h"

#include <array>
#include <string_view>
#include <utility>

namespace lacuna {

namespace {

template <typename Key, typename Value, std::size_t count>
std::optional<Value> find(const std::array<std::pair<Key, Value>, count>& table, const Key& name)
{
    for (const auto& [known, value] : table)
        if (known == name)
            return value;
    return std::nullopt;
}

constexpr std::array<std::pair<std::string_view, PickleFunction>, 5> functions{{
    {"collections.OrderedDict", PickleFunction::OrderedDict},
    {"torch._utils._rebuild_tensor_v2", PickleFunction::RebuildTensorV2},
    {"torch._utils._rebuild_tensor", PickleFunction::RebuildTensor},
    {"torch._utils._rebuild_parameter", PickleFunction::RebuildParameter},
    {"torch.Size", PickleFunction::Size},
}};

constexpr std::array<std::pair<std::string_view, DType>, 12> storage_classes{{
    {"torch.FloatStorage", DType::F32},
    {"torch.DoubleStorage", DType::F64},
    {"torch.HalfStorage", DType::F16},
    {"torch.BFloat16Storage", DType::BF16},
    {"torch.LongStorage", DType::I64},
    {"torch.IntStorage", DType::I32},
    {"torch.ShortStorage", DType::I16},
    {"torch.CharStorage", DType::I8},
    {"torch.ByteStorage", DType::U8},
    {"torch.BoolStorage", DType::Bool},
    {"torch.storage.UntypedStorage", DType::U8},
    {"torch.storage.TypedStorage", DType::U8},
}};

constexpr std::array<std::pair<std::uint8_t, std::string_view>, 67> operations{{
    {'(', "MARK"},
    {'.', "STOP"},
    {'0', "POP"},
    {'1', "POP_MARK"},
    {'2', "DUP"},
    {'F', "FLOAT"},
    {'I', "INT"},
    {'J', "BININT"},
    {'K', "BININT1"},
    {'L', "LONG"},
    {'M', "BININT2"},
    {'N', "NONE"},
    {'P', "PERSID"},
    {'Q', "BINPERSID"},
    {'R', "REDUCE"},
    {'S', "STRING"},
    {'T', "BINSTRING"},
    {'U', "SHORT_BINSTRING"},
    {'V', "UNICODE"},
    {'X', "BINUNICODE"},
    {'a', "APPEND"},
    {'b', "BUILD"},
    {'c', "GLOBAL"},
    {'d', "DICT"},
    {'}', "EMPTY_DICT"},
    {'e', "APPENDS"},
    {'g', "GET"},
    {'h', "BINGET"},
    {'i', "INST"},
    {'j', "LONG_BINGET"},
    {'l', "LIST"},
    {']', "EMPTY_LIST"},
    {'o', "OBJ"},
    {'p', "PUT"},
    {'q', "BINPUT"},
    {'r', "LONG_BINPUT"},
    {'s', "SETITEM"},
    {'t', "TUPLE"},
    {')', "EMPTY_TUPLE"},
    {'u', "SETITEMS"},
    {'G', "BINFLOAT"},
    {0x80, "PROTO"},
    {0x81, "NEWOBJ"},
    {0x82, "EXT1"},
    {0x83, "EXT2"},
    {0x84, "EXT4"},
    {0x85, "TUPLE1"},
    {0x86, "TUPLE2"},
    {0x87, "TUPLE3"},
    {0x88, "NEWTRUE"},
    {0x89, "NEWFALSE"},
    {0x8A, "LONG1"},
    {0x8B, "LONG4"},
    {'B', "BINBYTES"},
    {'C', "SHORT_BINBYTES"},
    {0x8C, "SHORT_BINUNICODE"},
    {0x8D, "BINUNICODE8"},
    {0x8E, "BINBYTES8"},
    {0x8F, "EMPTY_SET"},
    {0x90, "ADDITEMS"},
    {0x91, "FROZENSET"},
    {0x92, "NEWOBJ_EX"},
    {0x93, "STACK_GLOBAL"},
    {0x94, "MEMOIZE"},
    {0x95, "FRAME"},
    {0x96, "BYTEARRAY8"},
    {0x97, "NEXT_BUFFER"},
}};

bool begins(const std::string& text, std::string_view with)
{
    return text.compare(0, with.size(), with) == 0;
}

} // namespace

std::optional<PickleFunction> find_function(const std::string& module, const std::string& name)
{
    const std::string full = module + "." + name;
    return find(functions, std::string_view(full));
}

std::optional<DType> find_storage_class(const std::string& module, const std::string& name)
{
    const std::string full = module + "." + name;
    return find(storage_classes, std::string_view(full));
}

void refuse_name(const ByteSource& source, const std::string& module, const std::string& name)
{
    const std::string full = module + "." + name;
    const std::string what = in_quotes(full);
    const char* weights = "In Python, save the weights alone: torch.save(model.state_dict(), ...)";
    if (begins(module, "torch.nn") || begins(module, "torchvision.models"))
        source.refuse("holds a whole Python model (" + what + "), not only weights",
                      "In Python, re-save it with state_dict(): torch.save(model.state_dict(), ...)");
    if (begins(module, "__main__"))
        source.refuse("needs the Python class " + what + " of the program that wrote it", weights);
    if (begins(module, "pytorch_lightning") || begins(module, "lightning"))
        source.refuse("holds objects of PyTorch Lightning (" + what + ") beside the weights",
                      "In Python, save its 'state_dict' entry alone");
    if (begins(module, "numpy"))
        source.refuse("holds NumPy objects (" + what + ") beside the weights",
                      "In Python, save the weights alone, or turn NumPy numbers into plain ones");
    if (begins(module, "argparse") || begins(module, "omegaconf"))
        source.refuse("holds the options of the program that wrote it (" + what + ") beside the weights",
                      weights);
    if (begins(name, "_rebuild_qtensor") || begins(name, "_rebuild_sparse"))
        source.refuse("holds a quantised or sparse tensor (" + what + "), which is not supported",
                      "Convert it to a plain tensor");
    if (begins(name, "_rebuild_from_type"))
        source.refuse("holds a tensor of a class of its own (" + what + ")",
                      "Convert it to a plain tensor before saving");
    if (module == "torch" && name.size() > 7 && name.compare(name.size() - 7, 7, "Storage") == 0)
        source.refuse("holds numbers in the format " + what + ", which is not supported",
                      "Convert the weights to float32");
    source.refuse("wants to use " + what + ", which weights do not need; nothing of it was run",
                  "Do not trust this file unless you know where it is from");
}

std::string operation_name(std::uint8_t code)
{
    if (const auto name = find(operations, code))
        return std::string(*name);
    constexpr char digits[] = "0123456789abcdef";
    return std::string("0x") + digits[code >> 4] + digits[code & 15];
}

} // namespace lacuna
