// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/document/examples.h"

#include <QCoreApplication>
#include <QFile>

#include <algorithm>

#include "engine/core/error.h"
#include "engine/core/picture_file.h"
#include "engine/models/model_folder.h"
#include "engine/scenes/worlds/world.h"

namespace lacuna::ui {
namespace {

QString tr(const char* text)
{
    return QCoreApplication::translate("Examples", text);
}

QByteArray resource(const QString& path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        throw Error(ErrorKind::Input, path.toStdString(), "the example is not part of this build",
                    "Reinstall Lacuna.");
    return file.readAll();
}

Picture decodeResource(const QString& path)
{
    const QByteArray bytes = resource(path);
    const auto* data = reinterpret_cast<const std::uint8_t*>(bytes.constData());
    return decode_picture({data, std::size_t(bytes.size())}, path.toStdString());
}

constexpr int sceneSide = 256;
constexpr std::uint64_t firstScene = 1; ///< the one that is an example

bool hasModel(const char* id)
{
    const std::vector<std::string> models = bundled_models();
    return std::find(models.begin(), models.end(), id) != models.end();
}

QString fileOf(const QString& id)
{
    return QStringLiteral(":/examples/%1.png").arg(id);
}

QString maskOf(const QString& id)
{
    return QStringLiteral(":/examples/%1.mask.png").arg(id);
}

} // namespace

const std::vector<Example>& examples()
{
    static const std::vector<Example> all = [] {
        const Example known[] = {
            {QStringLiteral("harbour"), tr("Harbour"), tr("Which boat sails here?"), {}},
            {QStringLiteral("meadow"), tr("Meadow"), tr("What grows in the grass?"), {}},
            {QStringLiteral("wall"), tr("Wall"), tr("Which window is missing?"), {}},
        };
        std::vector<Example> found;
        if (hasModel("portraits-64"))
            found.push_back({QStringLiteral("portrait"), tr("Portrait"), tr("Who looks at you here?"),
                             QStringLiteral("portraits")});
        for (const Example& example : known)
            if (QFile::exists(fileOf(example.id)) && QFile::exists(maskOf(example.id)))
                found.push_back(example);
        return found;
    }();
    return all;
}

const Example* findExample(const QString& id)
{
    for (const Example& example : examples())
        if (example.id == id)
            return &example;
    return nullptr;
}

std::vector<SceneWorld> sceneWorlds()
{
    return {{QStringLiteral("portraits"), tr("Portrait")},
            {QStringLiteral("cats"), tr("Cat")},
            {QStringLiteral("bedrooms"), tr("Bedroom")},
            {QStringLiteral("skies"), tr("Sky")}};
}

LoadedPicture drawScenePicture(const SceneWorld& kind, std::uint64_t seed)
{
    const scenes::World& world = scenes::find_world(kind.name.toStdString());
    LoadedPicture drawn = preparePicture(world.render(seed, world.draw(seed), sceneSide), kind.title,
                                         world.mask(seed, world.attributes().front().mask, sceneSide));
    drawn.world = kind.name;
    drawn.scene = seed;
    return drawn;
}

LoadedPicture loadExample(const Example& example)
{
    if (!example.world.isEmpty())
        return drawScenePicture({example.world, example.title}, firstScene);
    return preparePicture(decodeResource(fileOf(example.id)), example.title,
                          mask_from_picture(decodeResource(maskOf(example.id))));
}

} // namespace lacuna::ui
