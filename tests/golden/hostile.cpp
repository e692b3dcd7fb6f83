// SPDX-License-Identifier: GPL-3.0-or-later
#include "hostile.h"

#include <array>
#include <chrono>
#include <cstdlib>
#include <fstream>
#include <iostream>
#include <sstream>

#include <nlohmann/json.hpp>

#include "engine/checkpoint/model_manifest.h"
#include "engine/core/error.h"
#include "engine/core/hash.h"
#include "engine/models/state_dict.h"
#include "npy.h"

namespace lacuna::golden {

namespace {

namespace fs = std::filesystem;
using nlohmann::json;

/// A line such as "VmHWM:  1234 kB" of /proc/self/status, in MB.
double memory_mb(const std::string& line)
{
    std::ifstream status("/proc/self/status");
    for (std::string text; std::getline(status, text);)
        if (text.rfind(line + ":", 0) == 0) {
            std::istringstream number(text.substr(line.size() + 1));
            number.imbue(std::locale::classic());
            double kilobytes = 0;
            number >> kilobytes;
            return kilobytes / 1024;
        }
    throw BrokenData("/proc/self/status", "it has no line " + line);
}

/// The highest memory since it was made, above that of then.
class MemoryWatch {
public:
    MemoryWatch()
    {
        std::ofstream("/proc/self/clear_refs") << "5"; // the peak starts anew
        before_ = memory_mb("VmRSS");
    }
    double extra_mb() const { return std::max(0.0, memory_mb("VmHWM") - before_); }

private:
    double before_ = 0;
};

std::string format_name(at::ScalarType type)
{
    switch (type) {
    case at::kFloat:
        return "float32";
    case at::kDouble:
        return "float64";
    case at::kHalf:
        return "float16";
    case at::kBFloat16:
        return "bfloat16";
    case at::kLong:
        return "int64";
    case at::kInt:
        return "int32";
    case at::kShort:
        return "int16";
    case at::kChar:
        return "int8";
    case at::kByte:
        return "uint8";
    case at::kBool:
        return "bool";
    default:
        return "?";
    }
}

/// Something in a loaded file is not as required.
struct Wrong {
    std::string what;
};

void compare(const json& expected, const StateDict& state, const std::string& wrapper)
{
    for (const auto& [full, description] : expected.items()) {
        // The manifest may name tensors with what they are wrapped in.
        const bool wrapped = !wrapper.empty() && full.rfind(wrapper + ".", 0) == 0;
        const std::string name = wrapped ? full.substr(wrapper.size() + 1) : full;
        const auto found = state.find(name);
        if (found == state.end())
            throw Wrong{"the tensor " + name + " is missing"};
        const Tensor& values = found->second;
        Sha256 hash;
        hash.add(std::span(static_cast<const std::uint8_t*>(values.data_ptr()), values.nbytes()));
        if (format_name(values.scalar_type()) != description.at("dtype").get<std::string>()
            || values.sizes().vec() != description.at("shape").get<std::vector<std::int64_t>>()
            || hash.hex() != description.at("sha256").get<std::string>())
            throw Wrong{"the tensor " + name + " has another format, shape or content"};
    }
}

class Corpus {
public:
    explicit Corpus(fs::path folder) : folder_(std::move(folder))
    {
        const fs::path file = folder_ / "manifest.json";
        manifest_ = json::parse(read_file(file), nullptr, /*allow_exceptions=*/false);
        if (!manifest_.is_object() || !manifest_.contains("files") || !manifest_["files"].is_array())
            throw BrokenData(file, "it has no list of files");
        if (manifest_.contains("model_spec"))
            for (const auto& [name, shape] : manifest_["model_spec"].items())
                model_[name] = shape.get<std::vector<std::int64_t>>();
    }

    int run();

private:
    void refuse_markers(const std::string& when);
    void load(const json& entry) const;
    void load_checkpoint(const json& entry) const;
    std::string complaint_about(const Error& error, const std::string& file) const;
    void run_file(const json& entry);
    void run_control();

    fs::path folder_;
    json manifest_{};
    std::map<std::string, std::vector<std::int64_t>> model_{};
    int passed_ = 0, failed_ = 0, not_run_ = 0;
};

/// Loads as an application does: the names and shapes of the model first, then the values. Files whose expected
/// tensors have other names are loaded without the model.
void Corpus::load_checkpoint(const json& entry) const
{
    const Checkpoint checkpoint = Checkpoint::open(folder_ / entry.at("file").get<std::string>());
    const json& required = entry.at("required");
    const json expected = required.value("expected", json::object());
    bool of_the_model = true;
    for (const auto& [name, description] : expected.items())
        of_the_model = of_the_model && model_.contains(name);
    if (of_the_model)
        require_shapes(checkpoint, model_, /*allow_extra=*/false);
    compare(expected, read_state_dict(checkpoint), checkpoint.wrapper());
}

bool is_checkpoint(const std::string& kind)
{
    return kind == "checkpoint-zip" || kind == "checkpoint-legacy" || kind == "safetensors";
}

bool is_run_here(const std::string& kind)
{
    return is_checkpoint(kind) || kind == "model-manifest";
}

void Corpus::load(const json& entry) const
{
    if (is_checkpoint(entry.at("kind").get<std::string>()))
        load_checkpoint(entry);
    else
        read_model_manifest(folder_ / entry.at("file").get<std::string>());
}

/// What is wrong with the text of a refusal; empty if nothing is.
std::string Corpus::complaint_about(const Error& error, const std::string& file) const
{
    const std::string text = error.what();
    if (error.kind() != ErrorKind::Input)
        return "the error is not one about input: " + text;
    if (text.find(file) == std::string::npos)
        return "the error does not name the file: " + text;
    if (error.action().empty() || error.kept().empty())
        return "the error does not say what to do and what is kept: " + text;
    for (const char* trace : {"\n", "Exception raised", "frame #", "std::", "0x7f", "c10::", "xception"})
        if (text.find(trace) != std::string::npos)
            return "the error is not written for people: " + text;
    return printable(error.cause()) == error.cause() ? "" : "the error shows unsafe text";
}

void Corpus::run_file(const json& entry)
{
    const std::string file = entry.at("file").get<std::string>();
    const json& required = entry.at("required");
    const std::string wanted = required.at("outcome").get<std::string>();
    std::string outcome = "accept", complaint;
    const MemoryWatch memory;
    const auto start = std::chrono::steady_clock::now();
    try {
        load(entry);
    } catch (const Error& error) {
        outcome = "reject";
        complaint = complaint_about(error, file);
        if (complaint.empty() && wanted == "accept")
            complaint = error.what();
    } catch (const Wrong& wrong) {
        complaint = wrong.what;
    } catch (const c10::Error& error) {
        complaint = error.what_without_backtrace();
    } catch (const json::exception&) {
        throw;
    } catch (const std::exception& error) {
        complaint = error.what();
    }
    const double seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
    const double extra = memory.extra_mb();
    if (wanted != "either" && outcome != wanted && complaint.empty())
        complaint = "it must be " + std::string(wanted == "accept" ? "accepted" : "refused");
    if (seconds > required.value("max_seconds", 2.0))
        complaint = "it took too long";
    if (extra > required.value("max_extra_mb", 64.0))
        complaint = "it took too much memory";
    ++(complaint.empty() ? passed_ : failed_);

    std::ostringstream line;
    line.imbue(std::locale::classic());
    line.setf(std::ios::fixed);
    line.precision(3);
    line << (complaint.empty() ? "PASS " : "FAIL ") << file << ' ' << outcome << ' ' << seconds << ' ';
    line.precision(1);
    line << extra;
    std::cout << line.str() << std::endl;
    if (!complaint.empty())
        std::cerr << file << ": " << complaint << std::endl;
}

/// The payloads of the corpus only make an empty file with a known name.
void Corpus::refuse_markers(const std::string& when)
{
    const char* chosen = std::getenv("PARITY_MARKER_DIR");
    for (const fs::path& folder : {fs::path(chosen && *chosen ? chosen : "/tmp"), fs::path("/tmp")})
        for (const json& entry : manifest_["files"]) {
            const json& required = entry.at("required");
            const std::string marker = "parity_marker_" + required.value("marker", "");
            if (required.contains("marker") && fs::exists(folder / marker)) {
                std::cerr << (folder / marker).string() << ": exists " << when << std::endl;
                ++failed_;
            }
        }
}

/// After everything the process must still load a good file.
void Corpus::run_control()
{
    for (const json& entry : manifest_["files"]) {
        if (!is_checkpoint(entry.at("kind").get<std::string>())
            || entry.at("required").at("outcome") != "accept")
            continue;
        try {
            load(entry);
            return;
        } catch (const std::exception& error) {
            std::cerr << "control: " << error.what() << std::endl;
        } catch (const Wrong& wrong) {
            std::cerr << "control: " << wrong.what << std::endl;
        }
        ++failed_;
        return;
    }
    throw BrokenData(folder_ / "manifest.json", "it has no file that must be accepted");
}

int Corpus::run()
{
    refuse_markers("before anything was opened: remove it");
    for (const json& entry : manifest_["files"])
        if (is_run_here(entry.at("kind").get<std::string>()))
            run_file(entry);
        else
            ++not_run_;
    run_control();
    refuse_markers("now: something of a file was run");
    std::cout << not_run_ << " files of other kinds are not run here\n"
              << passed_ << " passed, " << failed_ << " failed" << std::endl;
    return failed_ == 0 && passed_ > 0 ? 0 : static_cast<int>(ErrorKind::SomeFailed);
}

} // namespace

int run_hostile(const fs::path& folder)
{
    try {
        return Corpus(folder).run();
    } catch (const json::exception& error) {
        throw BrokenData(folder / "manifest.json", std::string("it cannot be used: ") + error.what());
    }
}

} // namespace lacuna::golden
