// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/export/provenance.h"

#include <charconv>

#include "engine/project/png_recipe.h"

namespace lacuna {

namespace {

constexpr const char* maker = "Lacuna " LACUNA_VERSION;

std::string short_number(double value)
{
    char digits[32];
    return {digits, std::to_chars(digits, digits + sizeof digits, value).ptr};
}

/// The recipe as it may leave the computer: a model that was named by its file keeps only the name of that.
Recipe public_recipe(Recipe recipe, Privacy privacy)
{
    recipe.model = recipe.model.substr(recipe.model.find_last_of('/') + 1);
    if (privacy != Privacy::Everything) {
        recipe.picture_sha256.clear();
        recipe.mask_sha256.clear();
        recipe.condition_sha256.clear();
    }
    return recipe;
}

/// Values that would end or split their field are quoted, as JSON.
std::string field(const std::string& value)
{
    if (value.find_first_of(",:\"\n") == std::string::npos)
        return value;
    std::string quoted = "\"";
    for (const char c : value)
        quoted += c == '"' || c == '\\' ? std::string("\\") + c : c == '\n' ? "\\n" : std::string(1, c);
    return quoted + "\"";
}

std::string escaped_xml(const std::string& text)
{
    std::string out;
    for (const char c : text)
        out += c == '&'    ? "&amp;"
               : c == '<'  ? "&lt;"
               : c == '>'  ? "&gt;"
               : c == '"'  ? "&quot;"
               : c == '\n' ? "&#10;"
                           : std::string(1, c);
    return out;
}

/// Says that a model made a part of the picture (IPTC), and how.
std::string xmp_packet(const std::string& recipe, const std::string& parameters)
{
    return "<?xpacket begin=\"\xEF\xBB\xBF\" id=\"W5M0MpCehiHzreSzNTczkc9d\"?>\n"
           "<x:xmpmeta xmlns:x=\"adobe:ns:meta/\"><rdf:RDF "
           "xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\">\n"
           "<rdf:Description rdf:about=\"\" xmlns:xmp=\"http://ns.adobe.com/xap/1.0/\"\n"
           " xmlns:Iptc4xmpExt=\"http://iptc.org/std/Iptc4xmpExt/2008-02-29/\"\n"
           " xmlns:lacuna=\"https://lacuna.github.io/ns/1.0/\"\n"
           " xmp:CreatorTool=\""
           + std::string(maker)
           + "\"\n Iptc4xmpExt:DigitalSourceType="
             "\"http://cv.iptc.org/newscodes/digitalsourcetype/compositeWithTrainedAlgorithmicMedia\"\n"
             " lacuna:parameters=\""
           + escaped_xml(parameters) + "\"\n lacuna:recipe=\"" + escaped_xml(recipe)
           + "\"/>\n</rdf:RDF></x:xmpmeta>\n<?xpacket end=\"r\"?>";
}

} // namespace

Privacy default_privacy(const FileMetadata& metadata)
{
    return tells_private_things(metadata.exif) ? Privacy::Settings : Privacy::Everything;
}

std::string parameters_text(const Provenance& made, Privacy privacy)
{
    const Recipe recipe = public_recipe(made.recipe, privacy);
    std::string text = "\n";
    const auto add = [&text](const char* key, const std::string& value) {
        if (!value.empty())
            text += (text.size() > 1 ? ", " : "") + std::string(key) + ": " + field(value);
    };
    add("Steps", std::to_string(recipe.steps));
    add("Sampler", recipe.method == "project" ? recipe.sampler : recipe.method);
    add("Seed", std::to_string(recipe.seed));
    add("Size", std::to_string(made.hole.width) + "x" + std::to_string(made.hole.height));
    add("Model", recipe.model);
    add("Model hash", recipe.model_sha256.substr(0, 10));
    add("Guidance eta", short_number(recipe.eta));
    add("Guidance D", short_number(recipe.bound.value));
    add("D convention", name(recipe.bound.convention));
    add("Set size", std::to_string(recipe.count));
    if (made.index > 0)
        add("Set index", std::to_string(made.index));
    add("Mask sha256", recipe.mask_sha256);
    add("Version", maker);
    return text;
}

Attachments attachments(const FileMetadata& metadata, const Provenance& made, Privacy privacy)
{
    Attachments beside{.profile = metadata.profile};
    if (privacy == Privacy::Nothing)
        return beside;
    const Recipe recipe = public_recipe(made.recipe, privacy);
    const std::string parameters = parameters_text(made, privacy);
    beside.exif = privacy == Privacy::Everything ? metadata.exif : without_private_things(metadata.exif);
    beside.xmp = xmp_packet(to_json(recipe), parameters);
    beside.texts = recipe_texts(recipe, made.member, made.hole);
    if (privacy == Privacy::Settings)
        std::erase_if(beside.texts, [](const auto& text) { return is_hole_text(text.first); });
    beside.texts.insert(beside.texts.begin(), {"parameters", parameters});
    beside.texts.emplace_back("Software", maker);
    beside.maker = maker;
    return beside;
}

} // namespace lacuna
