// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/checkpoint/model_manifest.h"

#include <algorithm>
#include <cmath>
#include <set>
#include <string_view>
#include <vector>

#include "engine/checkpoint/byte_source.h"
#include "engine/core/error.h"
#include "engine/core/strict_json.h"

namespace lacuna {

namespace {

using json = nlohmann::ordered_json;

constexpr std::uint64_t largest_file = std::uint64_t(1) << 20, largest_model = std::uint64_t(64) << 30;

class ManifestReader {
public:
    explicit ManifestReader(std::string file_name) : file_name_(std::move(file_name)) {}

    ModelManifest read(const std::string& text);

private:
    [[noreturn]] void refuse(const std::string& cause) const
    {
        throw Error(ErrorKind::Input, file_name_, cause, "Get the description of the model again");
    }
    [[noreturn]] void refuse_member(const std::string& member, const std::string& cause) const
    {
        refuse("the member " + in_quotes(member) + " " + cause);
    }

    json parse(const std::string& text) const;
    std::string text_of(const json& object, const char* member) const;
    std::uint64_t whole_of(const json& object, const char* member, std::uint64_t most) const;
    void check_name(const std::string& name) const;
    void check_url(const std::string& url) const;
    void check_file(const std::string& file) const;
    std::string checked_hash(std::string hash) const;

    std::string file_name_;
};

/// Strict JSON: no member twice, at most 32 deep, no byte order mark, nothing after the object.
json ManifestReader::parse(const std::string& text) const
{
    const std::size_t begin = text.find_first_not_of(" \t\r\n");
    if (begin == std::string::npos || (text[begin] != '{' && text[begin] != '[')
        || text.find('\0') != std::string::npos)
        refuse("is not correct JSON");
    const auto [content, twice, too_deep] = parse_strict_json(text);
    if (too_deep)
        refuse("is JSON that is nested more than 32 deep");
    if (!twice.empty())
        refuse_member(twice, "is there twice");
    if (content.is_discarded())
        refuse("is not correct JSON, or it ends too early");
    if (!content.is_object())
        refuse("is not a JSON object");
    return content;
}

std::string ManifestReader::text_of(const json& object, const char* member) const
{
    const auto found = object.find(member);
    if (found == object.end())
        refuse_member(member, "is missing");
    if (!found->is_string())
        refuse_member(member, "is not a text");
    return found->get<std::string>();
}

std::uint64_t ManifestReader::whole_of(const json& object, const char* member, std::uint64_t most) const
{
    const auto found = object.find(member);
    if (found == object.end())
        refuse_member(member, "is missing");
    if (!found->is_number_unsigned())
        refuse_member(member, "is not a whole number");
    const std::uint64_t value = found->get<std::uint64_t>();
    if (value == 0 || value > most)
        refuse_member(member, "is not between 1 and " + std::to_string(most));
    return value;
}

void ManifestReader::check_name(const std::string& name) const
{
    if (name.empty() || name.size() > 200 || printable(name) != name)
        refuse_member("name", "is not a plain text of at most 200 bytes: " + in_quotes(name));
}

bool has_suffix(std::string_view text, std::string_view suffix)
{
    return text.size() >= suffix.size() && text.substr(text.size() - suffix.size()) == suffix;
}

/// Hosts must have a public name: numbers, which may be private addresses, and names of the own network are out.
void ManifestReader::check_url(const std::string& url) const
{
    constexpr std::string_view scheme = "https://";
    const auto refuse_url = [&](const char* cause) { refuse_member("url", cause + (": " + in_quotes(url))); };
    if (url.compare(0, scheme.size(), scheme) != 0)
        refuse_url("does not begin with https://");
    if (url.size() > 2000 || std::any_of(url.begin(), url.end(), [](char c) {
            return static_cast<unsigned char>(c) <= 0x20 || static_cast<unsigned char>(c) >= 0x7F
                   || c == '\\';
        }))
        refuse_url("holds characters that addresses do not have");
    const std::string authority = url.substr(
        scheme.size(), std::min(url.find_first_of("/?#", scheme.size()), url.size()) - scheme.size());
    const std::size_t colon = authority.find(':');
    std::string host = authority.substr(0, colon);
    if (colon != std::string::npos
        && authority.find_first_not_of("0123456789", colon + 1) != std::string::npos)
        refuse_url("has a port that is not a number, or a user name");
    std::transform(host.begin(), host.end(), host.begin(),
                   [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
    if (host.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789.-") != std::string::npos)
        refuse_url("has a host that is not a plain name");
    const std::size_t dot = host.rfind('.');
    const bool numeric =
        dot == std::string::npos || dot + 1 == host.size() || (host[dot + 1] >= '0' && host[dot + 1] <= '9');
    if (numeric || has_suffix(host, ".local") || has_suffix(host, ".localhost")
        || has_suffix(host, ".internal") || has_suffix(host, ".lan") || has_suffix(host, ".home.arpa"))
        refuse_url("does not name a public host");
}

void ManifestReader::check_file(const std::string& file) const
{
    constexpr const char* allowed = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._-";
    if (file.empty() || file.size() > 100 || file.front() == '.'
        || file.find_first_not_of(std::string_view(allowed)) != std::string::npos)
        refuse_member("file", "is not a plain file name: " + in_quotes(file));
}

std::string ManifestReader::checked_hash(std::string hash) const
{
    for (char& c : hash)
        c = c >= 'A' && c <= 'F' ? static_cast<char>(c + 32) : c;
    if (hash.size() != 64 || hash.find_first_not_of("0123456789abcdef") != std::string::npos)
        refuse_member("sha256", "is not a SHA-256 of 64 digits");
    return hash;
}

ModelManifest ManifestReader::read(const std::string& text)
{
    const json object = parse(text);
    if (const auto schema = object.find("schema"); schema == object.end() || !schema->is_number_unsigned())
        refuse_member("schema", "is missing or not a whole number");
    else if (schema->get<std::uint64_t>() != 1)
        refuse("is written for another version of Lacuna: its schema is "
               + std::to_string(schema->get<std::uint64_t>()) + ", not 1");
    for (const auto& [member, value] : object.items()) {
        static const std::set<std::string> known{"schema", "name",   "url", "file",      "size",
                                                 "sha256", "format", "eta", "image_size"};
        if (!known.contains(member))
            refuse_member(member, "is unknown");
    }
    ModelManifest manifest;
    check_name(manifest.name = text_of(object, "name"));
    check_url(manifest.url = text_of(object, "url"));
    check_file(manifest.file = text_of(object, "file"));
    manifest.size = whole_of(object, "size", largest_model);
    manifest.sha256 = checked_hash(text_of(object, "sha256"));
    if (object.contains("format")) {
        manifest.format = text_of(object, "format");
        if (manifest.format != "safetensors" && manifest.format != "pt")
            refuse_member("format", "is neither safetensors nor pt: " + in_quotes(manifest.format));
    }
    if (object.contains("image_size"))
        manifest.image_size = static_cast<int>(whole_of(object, "image_size", 65536));
    if (const auto eta = object.find("eta"); eta != object.end()) {
        if (!eta->is_number() || !std::isfinite(eta->get<double>()))
            refuse_member("eta", "is not a number");
        manifest.eta = eta->get<double>();
    }
    return manifest;
}

} // namespace

ModelManifest parse_model_manifest(const std::string& text, const std::string& file_name)
{
    return ManifestReader(file_name).read(text);
}

ModelManifest read_model_manifest(const std::filesystem::path& path)
{
    const ByteSource source = ByteSource::open(path);
    if (source.size() > largest_file)
        source.refuse("is too large for the description of a model", "Give the description, not the model");
    return parse_model_manifest(ByteReader(source, 0, source.size()).text(source.size()), source.name());
}

} // namespace lacuna
