// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/mask/mask_presets.h"

#include <QCoreApplication>

#include <algorithm>

#include "engine/scenes/worlds/world.h"
#include "ui/document/document.h"

namespace lacuna::ui {
namespace {

QString tr(const char* text)
{
    return QCoreApplication::translate("MaskPresets", text);
}

Mask fromShape(QSize size, const std::function<void(const SpanSink& sink)>& shape)
{
    Mask mask(size.width(), size.height());
    shape([&mask](int y, int first, int past) {
        std::fill(mask.values.begin() + std::ptrdiff_t(y) * mask.width + first,
                  mask.values.begin() + std::ptrdiff_t(y) * mask.width + past, std::uint8_t(255));
    });
    return mask;
}

MaskPreset box(QSize size, const QString& title, const QString& description, QRect rect)
{
    return {title, description, false, [size, rect] {
                return fromShape(size, [&](const SpanSink& sink) { fillRect(rect, size, sink); });
            }};
}

/// The frame is everything but the middle.
MaskPreset frame(QSize size)
{
    const int depth = std::max(1, std::min(size.width(), size.height()) / 8);
    return {tr("Border Frame"), tr("A frame along the border, an eighth of the shorter side wide"), false,
            [size, depth] {
                const QRect all(QPoint(0, 0), size);
                Mask mask = fromShape(size, [&](const SpanSink& sink) {
                    fillRect(all.adjusted(depth, depth, -depth, -depth), size, sink);
                });
                for (std::uint8_t& value : mask.values)
                    value ^= 255;
                return mask;
            }};
}

/// A part of a face in units of a square in the middle of the picture, whose side is the shorter one.
struct FacePart {
    const char* title;
    QRectF place;
};

constexpr FacePart faceParts[] = {
    {QT_TRANSLATE_NOOP("MaskPresets", "Eyes, Small"), {0.26, 0.38, 0.48, 0.12}},
    {QT_TRANSLATE_NOOP("MaskPresets", "Eyes, Large"), {0.18, 0.30, 0.64, 0.24}},
    {QT_TRANSLATE_NOOP("MaskPresets", "Nose"), {0.39, 0.42, 0.22, 0.24}},
    {QT_TRANSLATE_NOOP("MaskPresets", "Mouth, Small"), {0.36, 0.66, 0.28, 0.12}},
    {QT_TRANSLATE_NOOP("MaskPresets", "Mouth, Large"), {0.26, 0.58, 0.48, 0.28}},
    {QT_TRANSLATE_NOOP("MaskPresets", "Hair"), {0.14, 0.02, 0.72, 0.26}},
};

MaskPreset facePart(QSize size, const FacePart& part)
{
    const double side = std::min(size.width(), size.height());
    const QPointF corner((size.width() - side) / 2, (size.height() - side) / 2);
    const QRectF place(corner + part.place.topLeft() * side, part.place.size() * side);
    return {
        tr(part.title),
        tr("Placed for a face in the middle that fills the picture. Move it with Ctrl and drag, or with Ctrl "
           "and the arrow keys."),
        false, [size, place] {
            return fromShape(size, [&](const SpanSink& sink) { fillEllipse(place, size, sink); });
        }};
}

/// "eyes-large" as people write it: "Eyes Large".
QString readable(const std::string& name)
{
    QString title = QString::fromStdString(name).replace(u'-', u' ');
    for (qsizetype i = 0; i < title.size(); ++i)
        if (i == 0 || title[i - 1] == u' ')
            title[i] = title[i].toUpper();
    return title;
}

void addScenePresets(const Document& document, std::vector<MaskPreset>& presets)
{
    const scenes::World& world = scenes::find_world(document.world().toStdString());
    for (const std::string& name : world.masks())
        presets.push_back({readable(name), tr("A hole of this kind of scene, placed where the scene has it"),
                           false, [&world, name, scene = document.scene(), side = document.size().width()] {
                               return world.mask(scene, name, side);
                           }});
}

} // namespace

std::vector<MaskPreset> maskPresets(const Document& document)
{
    const QSize size = document.size();
    const int w = size.width(), h = size.height();
    std::vector<MaskPreset> presets{
        box(size, tr("Left Half"), tr("Everything left of the middle"), {0, 0, w / 2, h}),
        box(size, tr("Right Half"), tr("Everything right of the middle"), {w / 2, 0, w - w / 2, h}),
        box(size, tr("Top Half"), tr("Everything above the middle"), {0, 0, w, h / 2}),
        box(size, tr("Bottom Half"), tr("Everything below the middle"), {0, h / 2, w, h - h / 2}),
        box(size, tr("Centre Box"), tr("A box in the middle, half as wide and half as high as the picture"),
            {w / 4, h / 4, std::max(1, w / 2), std::max(1, h / 2)}),
        frame(size)};
    const std::size_t general = presets.size();
    if (document.world().isEmpty())
        for (const FacePart& part : faceParts)
            presets.push_back(facePart(size, part));
    else
        addScenePresets(document, presets);
    if (general < presets.size())
        presets[general].separated = true;
    return presets;
}

} // namespace lacuna::ui
