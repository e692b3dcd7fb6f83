// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/welcome/welcome_page.h"

#include <QAction>
#include <QHBoxLayout>
#include <QPainter>
#include <QPainterPath>
#include <QPushButton>
#include <QScrollArea>
#include <QVBoxLayout>

#include "ui/appearance/icons.h"
#include "ui/appearance/pieces.h"
#include "ui/background/background.h"
#include "ui/canvas/mask_overlay.h"

namespace lacuna::ui {
namespace {

constexpr QSize cardPicture{512, 340}; ///< twice the size on screen

/// The example as the canvas would show it, hole included.
QImage preview(const Example& example)
{
    const LoadedPicture loaded = loadExample(example);
    QImage image(cardPicture, QImage::Format_RGB32);
    CanvasView view;
    const double zoom = std::max(double(image.width()) / loaded.picture.width,
                                 double(image.height()) / loaded.picture.height);
    view.zoomAt({}, zoom);
    view.pan(
        QPointF(image.width() - loaded.picture.width * zoom, image.height() - loaded.picture.height * zoom)
        / 2);
    QPainter painter(&image);
    painter.setRenderHint(QPainter::SmoothPixmapTransform);
    const QImage& level = loaded.display->level(loaded.display->levelFor(zoom));
    painter.drawImage(view.toWidget(QRectF(0, 0, loaded.picture.width, loaded.picture.height)), level);
    MaskPyramid pyramid;
    pyramid.reset(*loaded.mask);
    painter.drawImage(0, 0, maskOverlay(*loaded.mask, pyramid, view, image.rect()));
    return image;
}

} // namespace

/// The dashed field in which pictures land.
class WelcomePage::DropZone : public QWidget {
public:
    DropZone(QAction* open, QWidget* parent) : QWidget(parent)
    {
        auto* layout = new QVBoxLayout(this);
        layout->setContentsMargins(4 * grid, 4 * grid, 4 * grid, 4 * grid);
        layout->setSpacing(12);
        layout->addStretch(1);
        layout->addWidget(makeLabel(WelcomePage::tr("Drop a picture here"), TextRole::Heading, false, this),
                          0, Qt::AlignCenter);
        auto* button = new QPushButton(actionIcon(QStringLiteral("open"), IconTint::OnAccent),
                                       WelcomePage::tr("Open Picture…"), this);
        button->setProperty("primary", true);
        button->setMinimumWidth(208);
        button->setToolTip(open->toolTip());
        button->setAccessibleName(WelcomePage::tr("Open a picture"));
        QObject::connect(button, &QPushButton::clicked, open, &QAction::trigger);
        layout->addWidget(button, 0, Qt::AlignCenter);
        layout->addWidget(
            makeLabel(WelcomePage::tr("PNG, JPEG, TIFF, WebP or PNM, from a file or the clipboard"),
                      TextRole::Small, true, this),
            0, Qt::AlignCenter);
        layout->addStretch(1);
        setMinimumHeight(184);
    }

    void setDropping(bool dropping)
    {
        dropping_ = dropping;
        update();
    }

protected:
    void paintEvent(QPaintEvent*) override
    {
        QPainter painter(this);
        painter.setRenderHint(QPainter::Antialiasing);
        painter.setBrush(dropping_ ? theme().accentSoft : theme().surface);
        painter.setPen(
            QPen(dropping_ ? theme().accent : theme().borderStrong, dropping_ ? 2 : 1.5, Qt::DashLine));
        painter.drawRoundedRect(QRectF(rect()).adjusted(1, 1, -1, -1), 14, 14);
    }

private:
    bool dropping_ = false;
};

WelcomePage::WelcomePage(QAction* open, QAction* newExample, QWidget* parent)
    : QWidget(parent),
      zone_(new DropZone(open, this))
{
    auto* scroll = new QScrollArea(this);
    auto* ground = new QWidget;
    auto* column = new QWidget(ground);
    const int cards = std::max(3, int(examples().size()));
    column->setMaximumWidth(cards * 256 + (cards - 1) * 3 * grid);
    column->setMinimumWidth(640);
    auto* layout = new QVBoxLayout(column);
    layout->setContentsMargins({});
    layout->setSpacing(0);
    layout->addWidget(makeLabel(tr("Lacuna"), TextRole::Title, false, column));
    layout->addSpacing(4);
    layout->addWidget(
        makeLabel(tr("Mark a hole in a picture and see the different things that could be there."),
                  TextRole::Body, true, column));
    layout->addSpacing(3 * grid);
    layout->addWidget(zone_);
    if (!examples().empty()) {
        layout->addSpacing(4 * grid);
        layout->addWidget(makeLabel(tr("Or begin with an example"), TextRole::Heading, false, column));
        layout->addSpacing(12);
        auto* row = new QHBoxLayout;
        row->setSpacing(3 * grid);
        for (const Example& example : examples()) {
            auto* card = new ExampleCard(example, column);
            connect(card, &ExampleCard::clicked, this, [this, id = example.id] { Q_EMIT examplePicked(id); });
            row->addWidget(card);
        }
        layout->addLayout(row);
    }
    layout->addSpacing(2 * grid);
    auto* another = new QPushButton(tr("New example picture"), column);
    another->setObjectName(QStringLiteral("new-example"));
    another->setToolTip(newExample->toolTip());
    another->setAccessibleName(tr("Draw a new example picture"));
    connect(another, &QPushButton::clicked, newExample, &QAction::trigger);
    layout->addWidget(another, 0, Qt::AlignLeft);

    auto* centred = new QHBoxLayout(ground);
    centred->setContentsMargins(4 * grid, 4 * grid, 4 * grid, 4 * grid);
    centred->addStretch(1);
    centred->addWidget(column, 100, Qt::AlignVCenter);
    centred->addStretch(1);
    ground->setAutoFillBackground(false);
    scroll->setWidget(ground); // takes ownership
    scroll->viewport()->setAutoFillBackground(false);
    scroll->setWidgetResizable(true);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setFocusPolicy(Qt::NoFocus);
    auto* whole = new QVBoxLayout(this); // low windows scroll
    whole->setContentsMargins({});
    whole->addWidget(scroll);
}

void WelcomePage::setDropping(bool dropping)
{
    zone_->setDropping(dropping);
}

void WelcomePage::paintEvent(QPaintEvent*)
{
    QPainter(this).fillRect(rect(), theme().window);
}

ExampleCard::ExampleCard(const Example& example, QWidget* parent) : QAbstractButton(parent), example_(example)
{
    setObjectName(QStringLiteral("example-") + example.id);
    setAccessibleName(tr("Example %1").arg(example.title));
    setToolTip(tr("Open this example with its mask"));
    setFocusPolicy(Qt::StrongFocus);
    setCursor(Qt::PointingHandCursor);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    const auto made = attempt([&] { return preview(example_); });
    if (const auto* image = std::get_if<QImage>(&made))
        picture_ = *image;
}

void ExampleCard::paintEvent(QPaintEvent*)
{
    const Theme& t = theme();
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setRenderHint(QPainter::SmoothPixmapTransform);
    const QRectF card = QRectF(rect()).adjusted(1, 1, -1, -1);
    QPainterPath shape;
    shape.addRoundedRect(card, cardRadius, cardRadius);
    painter.fillPath(shape, underMouse() ? t.hover : t.surface);
    painter.save();
    painter.setClipPath(shape);
    const int words = 64;
    painter.drawImage(QRectF(card.x(), card.y(), card.width(), card.height() - words), picture_);
    painter.restore();
    painter.setPen(QPen(hasFocus() || underMouse() ? t.accent : t.border, hasFocus() ? 2 : 1));
    painter.setBrush(Qt::NoBrush);
    painter.drawPath(shape);

    const QRect text = rect().adjusted(16, height() - words, -16, 0);
    painter.setPen(t.text);
    painter.setFont(textFont(TextRole::Heading));
    painter.drawText(text.adjusted(0, 10, 0, 0), Qt::AlignLeft | Qt::AlignTop, example_.title);
    painter.setPen(t.textSoft);
    painter.setFont(textFont(TextRole::Small));
    painter.drawText(text.adjusted(0, 0, 0, -13), Qt::AlignLeft | Qt::AlignBottom, example_.description);
}

} // namespace lacuna::ui
