// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/mask/mask_tools.h"

#include <QAction>
#include <QActionGroup>
#include <QMenu>
#include <QPainter>

#include <iterator>

#include "ui/actions/action_registry.h"
#include "ui/document/flood.h"
#include "ui/mask/mask_presets.h"
#include "ui/messages/message_bar.h"

namespace lacuna::ui {
namespace {

constexpr const char* numbered[] = {"use-mask-1", "use-mask-2", "use-mask-3", "use-mask-4", "use-mask-5",
                                    "use-mask-6", "use-mask-7", "use-mask-8", "use-mask-9"};
constexpr const char* alwaysUsable[] = {"ellipse",     "polygon",        "bucket",     "keyboard-cursor",
                                        "edge-softer", "edge-harder",    "grow",       "shrink",
                                        "new-mask",    "duplicate-mask", "rename-mask"};

/// Small masks change at once; only large ones are worth a thread.
bool isQuick(const Document& document)
{
    return qint64(document.size().width()) * document.size().height() <= Document::quickPixels;
}

QIcon swatch(QRgb colour)
{
    QPixmap pixmap(16, 16);
    pixmap.fill(Qt::transparent);
    QPainter painter(&pixmap);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(QColor::fromRgb(colour));
    painter.drawRoundedRect(QRectF(1, 1, 14, 14), 4, 4);
    return QIcon(pixmap);
}

} // namespace

MaskTools::MaskTools(const Parts& parts, QWidget* parent)
    : QObject(parent),
      parts_(parts),
      strip_(new MaskStrip(parts.document, parts.canvas, parts.actions, parent)),
      work_(parts.document, this)
{
    connect(&work_, &MaskWork::busyWith, this, &MaskTools::busyWith);
    connect(&work_, &MaskWork::failed, this,
            [this](const QString& problem) { parts_.messages.show(MessageBar::Kind::Problem, problem); });
    connect(&parts_.canvas, &Canvas::similarWanted, this, &MaskTools::fillSimilar);
    connect(&parts_.canvas, &Canvas::holeMoved, this, [this](QPoint by) {
        if (!by.isNull() && parts_.document.holePixels() > 0)
            work_.start(tr("Moving the hole …"),
                        [by](Mask& mask, MaskFlips& flips) { moveInPlace(mask, flips, by.x(), by.y()); });
    });
    connect(&parts_.document, &Document::masksChanged, this, &MaskTools::enableActions);
    connectActions();
    enableActions();
}

void MaskTools::connectActions()
{
    const auto on = [this](const char* id, auto call) {
        connect(parts_.actions.get(id), &QAction::triggered, this, std::move(call));
    };
    const auto grow = [this](int sign) {
        work_.start(
            sign > 0 ? tr("Growing the hole …") : tr("Shrinking the hole …"),
            [by = sign * strip_->growBy()](Mask& mask, MaskFlips& flips) { growInPlace(mask, flips, by); });
    };
    const auto soften = [this](int sign) {
        const int now = parts_.document.maskEntry().softEdge;
        parts_.document.setSoftEdge(now + sign * std::max(1, now / 8));
    };
    on("mask-all", [this] { fillAll(true); });
    on("clear", [this] { fillAll(false); });
    on("invert", [this] { invert(); });
    on("grow", [grow] { grow(1); });
    on("shrink", [grow] { grow(-1); });
    on("edge-softer", [soften] { soften(1); });
    on("edge-harder", [soften] { soften(-1); });
    on("new-mask", [this] { parts_.document.addMask(); });
    on("duplicate-mask", [this] { parts_.document.duplicateMask(); });
    on("rename-mask", [this] { strip_->beginRename(); });
    on("delete-mask", [this] { parts_.document.removeMask(); });
    for (int i = 0; i < int(std::size(numbered)); ++i)
        on(numbered[i], [this, i] { parts_.document.useMask(i); });
    QAction* cursor = parts_.actions.get("keyboard-cursor");
    connect(cursor, &QAction::triggered, &parts_.canvas, &Canvas::setKeyboardCursor);
    connect(&parts_.canvas, &Canvas::keyboardCursorChanged, cursor, &QAction::setChecked);
}

void MaskTools::enableActions()
{
    for (const char* id : alwaysUsable)
        parts_.actions.get(id)->setEnabled(parts_.document.isOpen());
    parts_.actions.get("delete-mask")->setEnabled(parts_.document.masks().size() > 1);
    for (std::size_t i = 0; i < std::size(numbered); ++i)
        parts_.actions.get(numbered[i])
            ->setEnabled(parts_.document.isOpen() && i < parts_.document.masks().size());
}

void MaskTools::fillSimilar(QPoint pixel, bool hole)
{
    work_.start(tr("Filling …"), [display = parts_.document.display(), tolerance = strip_->tolerance(), pixel,
                                  hole](Mask& mask, MaskFlips& flips) {
        floodSimilar(display->level(0), pixel, tolerance,
                     [&](int y, int first, int past) { flips.setSpan(mask, y, first, past, hole); });
    });
}

void MaskTools::fillAll(bool hole)
{
    if (isQuick(parts_.document))
        return parts_.document.fillMask(hole);
    work_.start(tr("Filling …"), [hole](Mask& mask, MaskFlips& flips) {
        for (int y = 0; y < mask.height; ++y)
            flips.setSpan(mask, y, 0, mask.width, hole);
    });
}

void MaskTools::invert()
{
    if (isQuick(parts_.document))
        return parts_.document.invertMask();
    work_.start(tr("Inverting …"), [](Mask& mask, MaskFlips& flips) {
        for (int y = 0; y < mask.height; ++y)
            flips.flipSpan(mask, y, 0, mask.width);
    });
}

void MaskTools::addNumbered(QMenu* menu)
{
    QMenu* list = menu->addMenu(tr("&Use Mask"));
    for (const char* id : numbered)
        list->addAction(parts_.actions.get(id));
}

void MaskTools::addPresets(QMenu* menu)
{
    QMenu* list = menu->addMenu(tr("&Presets"));
    list->setObjectName(QStringLiteral("mask-presets"));
    list->setToolTipsVisible(true);
    connect(list, &QMenu::aboutToShow, this, [this, list] { fillPresets(list); });
    connect(&parts_.document, &Document::opened, list, [list] { list->menuAction()->setEnabled(true); });
    list->menuAction()->setEnabled(false);
}

/// A preset replaces the hole; undo brings the other one back.
void MaskTools::fillPresets(QMenu* menu)
{
    menu->clear();
    for (const MaskPreset& preset : maskPresets(parts_.document)) {
        if (preset.separated)
            menu->addSeparator();
        QAction* action = menu->addAction(preset.title, this, [this, make = preset.make] {
            work_.start(tr("Placing the hole …"),
                        [make](Mask& mask, MaskFlips& flips) { becomeInPlace(mask, flips, make()); });
        });
        action->setToolTip(preset.description);
        action->setStatusTip(preset.description);
    }
}

void MaskTools::addAppearance(QMenu* menu)
{
    QMenu* list = menu->addMenu(tr("Mask A&ppearance"));
    list->setObjectName(QStringLiteral("mask-appearance"));
    auto* colours = new QActionGroup(list);
    int position = 0;
    for (const MaskColour& colour : maskColours()) {
        QAction* action = list->addAction(swatch(colour.rgb), colour.name, this, [this, position] {
            setLook({position, maskLook().style});
        });
        action->setIconVisibleInMenu(true);
        action->setCheckable(true);
        action->setData(position++);
        colours->addAction(action);
    }
    list->addSeparator();
    auto* styles = new QActionGroup(list);
    using Style = MaskLook::Style;
    for (const auto& [text, style] :
         {std::pair{tr("&Hatch"), Style::Hatch}, std::pair{tr("&Solid"), Style::Solid},
          std::pair{tr("&Outline"), Style::Outline}}) {
        QAction* action = list->addAction(text, this, [this, style = style] {
            setLook({maskLook().colour, style});
        });
        action->setCheckable(true);
        action->setData(int(style));
        styles->addAction(action);
    }
    connect(list, &QMenu::aboutToShow, list, [colours, styles] {
        for (QAction* action : colours->actions())
            action->setChecked(action->data().toInt() == maskLook().colour);
        for (QAction* action : styles->actions())
            action->setChecked(action->data().toInt() == int(maskLook().style));
    });
}

void MaskTools::useSettings()
{
    setMaskLook(storedMaskLook());
    parts_.canvas.update();
}

void MaskTools::setLook(const MaskLook& look)
{
    setMaskLook(look);
    parts_.canvas.update();
    storeMaskLook(look);
}

} // namespace lacuna::ui
