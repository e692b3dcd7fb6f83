// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/appearance/icons.h"

#include <QFile>
#include <QIconEngine>
#include <QPainter>
#include <QPixmapCache>

#include "ui/appearance/theme.h"

static void registerResources()
{
    Q_INIT_RESOURCE(lacuna);
}

namespace lacuna::ui {
namespace {

QString fileOf(const QString& name, int scale)
{
    const QString suffix = scale > 1 ? QStringLiteral("@%1x").arg(scale) : QString();
    return QStringLiteral(":/icons/actions/png/%1%2.png").arg(name, suffix);
}

/// Recolours a black-on-transparent drawing with the theme's text colour when it is asked for.
class TintedIcon : public QIconEngine {
public:
    TintedIcon(const QString& name, IconTint tint) : name_(name), tint_(tint) {}

    QIconEngine* clone() const override { return new TintedIcon(name_, tint_); }

    void paint(QPainter* painter, const QRect& rect, QIcon::Mode mode, QIcon::State state) override
    {
        const double ratio = painter->device()->devicePixelRatioF();
        painter->drawPixmap(rect, scaledPixmap(rect.size() * ratio, mode, state, ratio));
    }

    QPixmap pixmap(const QSize& size, QIcon::Mode mode, QIcon::State state) override
    {
        return scaledPixmap(size, mode, state, 1.0);
    }

    /// `size` is in device pixels, as QIcon asks for it.
    QPixmap scaledPixmap(const QSize& size, QIcon::Mode mode, QIcon::State state, qreal) override
    {
        const QColor ink = colour(mode, state);
        const QString key =
            QStringLiteral("lacuna-icon/%1/%2/%3").arg(name_, ink.name(QColor::HexArgb)).arg(size.width());
        QPixmap result;
        if (!QPixmapCache::find(key, &result)) {
            result = QPixmap::fromImage(draw(size, ink));
            QPixmapCache::insert(key, result);
        }
        return result;
    }

private:
    QColor colour(QIcon::Mode mode, QIcon::State state) const
    {
        if (mode == QIcon::Disabled)
            return theme().textOff;
        if (tint_ == IconTint::OnAccent)
            return theme().onAccent;
        return state == QIcon::On ? theme().accent : theme().text;
    }

    QImage draw(const QSize& size, const QColor& ink) const
    {
        QImage drawing;
        for (int scale = 1; scale <= 3; ++scale)
            if (QImage image(fileOf(name_, scale)); !image.isNull()) {
                drawing = image;
                if (image.width() >= size.width())
                    break;
            }
        drawing = drawing.convertToFormat(QImage::Format_ARGB32_Premultiplied)
                      .scaled(size, Qt::KeepAspectRatio, Qt::SmoothTransformation)
                      .convertToFormat(QImage::Format_ARGB32_Premultiplied);
        drawing.setDevicePixelRatio(1);
        for (int y = 0; y < drawing.height(); ++y) {
            auto* row = reinterpret_cast<QRgb*>(drawing.scanLine(y));
            for (int x = 0; x < drawing.width(); ++x)
                row[x] = qPremultiply(qRgba(ink.red(), ink.green(), ink.blue(), qAlpha(row[x])));
        }
        return drawing;
    }

    QString name_;
    IconTint tint_;
};

} // namespace

QIcon actionIcon(const QString& name, IconTint tint)
{
    if (name.isEmpty() || !QFile::exists(fileOf(name, 1)))
        return {};
    return QIcon(new TintedIcon(name, tint)); // the icon owns its engine
}

QIcon applicationIcon()
{
    QIcon icon;
    for (const int size : {16, 24, 32, 48, 64, 128, 256, 512})
        if (const QString file =
                QStringLiteral(":/icons/hicolor/%1x%1/apps/io.github.lacuna.Lacuna.png").arg(size);
            QFile::exists(file))
            icon.addFile(file);
    return icon;
}

void loadResources()
{
    registerResources();
}

} // namespace lacuna::ui
