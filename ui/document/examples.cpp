// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/document/examples.h"

#include <QCoreApplication>
#include <QFile>

#include "engine/core/error.h"
#include "engine/core/picture_file.h"

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
            {QStringLiteral("harbour"), tr("Harbour"), tr("Which boat sails here?")},
            {QStringLiteral("meadow"), tr("Meadow"), tr("What grows in the grass?")},
            {QStringLiteral("wall"), tr("Wall"), tr("Which window is missing?")},
        };
        std::vector<Example> found;
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

LoadedPicture loadExample(const Example& example)
{
    return preparePicture(decodeResource(fileOf(example.id)), example.title,
                          mask_from_picture(decodeResource(maskOf(example.id))));
}

} // namespace lacuna::ui
