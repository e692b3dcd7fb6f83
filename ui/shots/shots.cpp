// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shots/shots.h"

#include <QApplication>
#include <QFontDatabase>
#include <QPainter>

#include <algorithm>

#include "engine/core/error.h"
#include "ui/appearance/motion.h"
#include "ui/background/background.h"
#include "ui/canvas/canvas.h"
#include "ui/main_window/main_window.h"
#include "ui/panels/cost_line.h"
#include "ui/panels/parameter_panel.h"
#include "ui/settings/settings.h"
#include "ui/shots/scenes.h"

namespace lacuna::ui {
namespace {

constexpr int fontPixels = 13;

/// What the window's own engine is while a scene is drawn: it knows the models and is never asked to fill.
class KnownModels : public Session {
public:
    explicit KnownModels(std::vector<ModelInfo> models) : models_(std::move(models)) {}
    std::vector<ModelInfo> models() const override { return models_; }
    CompletionSet fill(const FillRequest&, const std::function<void(Progress)>&, std::stop_token) override
    {
        return {};
    }

private:
    std::vector<ModelInfo> models_;
};

/// The bundled font, drawn the same whatever the computer's own settings say.
void useFixedFont()
{
    static const bool loaded = [] {
        return QFontDatabase::addApplicationFont(QStringLiteral(":/fonts/DejaVuSans.ttf")) >= 0
               && QFontDatabase::addApplicationFont(QStringLiteral(":/fonts/DejaVuSans-Bold.ttf")) >= 0;
    }();
    check(loaded, "the font of scenes is part of the program");
    QFont font(QStringLiteral("DejaVu Sans"));
    font.setStyleStrategy(QFont::StyleStrategy(QFont::PreferAntialias | QFont::NoSubpixelAntialias));
    font.setPixelSize(fontPixels);
    font.setHintingPreference(QFont::PreferNoHinting);
    QApplication::setFont(font);
}

/// Dialogs and other windows lie over the middle of the window.
QImage grabbed(MainWindow& window)
{
    QPixmap picture = window.grab();
    for (QWidget* dialog : window.findChildren<QWidget*>()) {
        if (!dialog->isWindow() || !dialog->isVisible())
            continue;
        const QPixmap above = dialog->grab();
        QPainter painter(&picture);
        painter.fillRect(window.rect(), QColor(0, 0, 0, 90));
        painter.drawPixmap(
            QRect({}, dialog->size()).translated(window.rect().center() - dialog->rect().center()), above);
    }
    return picture.toImage();
}

} // namespace

void visitScene(const QString& scene, ThemeChoice theme, QSize size, const SessionFactory& makeSession,
                const std::function<void(MainWindow&)>& look)
{
    useFixedFont();
    setMotion(false);
    settings() = Settings(); // a scene knows no choices
    applyTheme(scene == QLatin1String("dark")            ? ThemeChoice::Dark
               : scene == QLatin1String("high-contrast") ? ThemeChoice::HighContrast
               : theme == ThemeChoice::System            ? ThemeChoice::Light
                                                         : theme);
    const std::unique_ptr<Session> session = makeSession();
    MainWindow window([models = session->models()] { return std::make_unique<KnownModels>(models); });
    window.parameters().setModels(session->models());
    window.resize(size);
    window.show();
    window.setFocus();
    prepareScene(scene, window, *session);
    QCoreApplication::sendPostedEvents();
    window.parameters().cost().refreshNow();
    window.canvas().zoomToFit();
    if (scene == QLatin1String("mask"))
        window.canvas().showBrushAt(QPointF(window.canvas().width() * 0.66, window.canvas().height() * 0.42));
    QCoreApplication::sendPostedEvents();
    look(window);
}

QImage drawScene(const QString& scene, ThemeChoice theme, const SessionFactory& makeSession, QSize size)
{
    QImage image;
    visitScene(scene, theme, size, makeSession,
               [&](MainWindow& window) { image = grabbed(window).convertToFormat(QImage::Format_RGB888); });
    return image;
}

QString takeShot(const QString& scene, const QString& file, ThemeChoice theme,
                 const SessionFactory& makeSession)
{
    const bool known = std::any_of(scenes().begin(), scenes().end(),
                                   [&scene](const Scene& one) { return scene == QLatin1String(one.name); });
    if (!known)
        return QObject::tr("There is no scene called “%1”. --list-shots prints the names.").arg(scene);
    const auto drawn = attempt([&] { return drawScene(scene, theme, makeSession); });
    if (const auto* problem = std::get_if<Problem>(&drawn))
        return problem->message;
    if (!std::get<QImage>(drawn).save(file, "PNG"))
        return QObject::tr("The scene could not be written to %1. Check the folder and the free space.")
            .arg(file);
    return {};
}

} // namespace lacuna::ui
