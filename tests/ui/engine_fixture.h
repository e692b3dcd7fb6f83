// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QComboBox>
#include <QDir>
#include <QFileInfo>
#include <QLineEdit>
#include <QProcess>
#include <QSpinBox>
#include <QTemporaryDir>

#include "engine/core/atomic_file.h"
#include "engine/core/default_recipe.h"
#include "engine/core/picture_file.h"
#include "engine/fill/fill_session.h"
#include "engine/scenes/worlds/world.h"
#include "tests/ui/window_fixture.h"
#include "ui/sweep/sweep_board.h"

namespace lacuna::ui {

/// The folders of a person who has never used Lacuna before.
class Profile {
public:
    void use() const
    {
        for (const char* name : {"XDG_CACHE_HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME"})
            qputenv(name, folder_.filePath(QString::fromLatin1(name)).toUtf8());
    }
    QString at(const QString& name) const { return folder_.filePath(name); }

private:
    QTemporaryDir folder_{};
};

/// What the command line did.
struct CliResult {
    int code = -1;
    QByteArray out{}, err{};
    QByteArray said() const { return out + err; }
};

inline CliResult runCli(const QStringList& arguments)
{
    QProcess process;
    process.start(QStringLiteral(LACUNA_BIN_DIR "/lacuna-cli"), arguments);
    if (!process.waitForFinished(120000))
        return {};
    return {process.exitStatus() == QProcess::NormalExit ? process.exitCode() : -2,
            process.readAllStandardOutput(), process.readAllStandardError()};
}

/// The real engine, with a count of the sets it was asked for.
class CountedSession : public Session {
public:
    CountedSession(int threads, std::shared_ptr<std::atomic<int>> runs)
        : session_(make_fill_session(threads, "cpu")),
          runs_(std::move(runs))
    {
    }
    std::vector<ModelInfo> models() const override { return session_->models(); }
    CompletionSet fill(const FillRequest& request, const std::function<void(Progress)>& report,
                       std::stop_token stop) override
    {
        ++*runs_;
        return session_->fill(request, report, stop);
    }

private:
    std::unique_ptr<Session> session_;
    std::shared_ptr<std::atomic<int>> runs_;
};

/// A window on the real engine.
struct EngineFixture : WindowFixture {
    static constexpr int patience = 120000;

    explicit EngineFixture(int threads = 1)
    {
        window = std::make_unique<MainWindow>([threads, runs = runs]() -> std::unique_ptr<Session> {
            return std::make_unique<CountedSession>(threads, runs);
        });
        exposed = show();
    }

    void openScene(const LoadedPicture& scene) const
    {
        window->document().open(scene);
        window->refreshNow();
    }
    /// Chooses the model by its keys and types the size of the set and the steps.
    bool choose(const char* model, int members, int steps, int seed) const
    {
        ParameterPanel& panel = window->parameters();
        auto* box = panel.findChild<QComboBox*>(QStringLiteral("model"));
        const auto index = [&] { return box->findData(QString::fromLatin1(model)); };
        if (!QTest::qWaitFor([&] { return index() >= 0; }, patience))
            return false;
        box->setCurrentIndex(index());
        type(panel.findChild<QSpinBox*>(QStringLiteral("count")), QString::number(members));
        type(panel.findChild<QSpinBox*>(QStringLiteral("steps")), QString::number(steps));
        panel.setSeed(std::uint64_t(seed));
        const Recipe recipe = panel.recipe();
        return recipe.model == model && recipe.count == members && recipe.steps == steps;
    }
    /// The board knows which of its cells are kept.
    bool boardLooked() const
    {
        return QTest::qWaitFor(
            [this] {
                const Sweep& sweep = window->sweep().sweep();
                return sweep.table().count() > 0 && !sweep.looking();
            },
            patience);
    }
    template <typename Field> static void type(Field* into, const QString& text)
    {
        into->setFocus();
        into->selectAll();
        QTest::keyClicks(into, text);
        QTest::keyClick(into, Qt::Key_Return);
    }

    std::shared_ptr<std::atomic<int>> runs = std::make_shared<std::atomic<int>>(0);
    bool exposed = false;
};

/// A scene of a world with the first of its holes, 64 x 64 pixels.
inline LoadedPicture worldScene(const char* name)
{
    constexpr std::uint64_t seed = (1ULL << 40) + 77;
    const scenes::World& world = scenes::find_world(name);
    return preparePicture(world.render(seed, world.draw(seed), 64), QString::fromLatin1(name),
                          world.mask(seed, world.masks().front(), 64));
}

/// The picture and mask of the window as files for the command line.
inline QStringList storedInputs(const LoadedPicture& scene, const Profile& profile)
{
    const QString picture = profile.at(QStringLiteral("picture.png")),
                  mask = profile.at(QStringLiteral("mask.png"));
    write_file(picture.toStdString(), encode_png(scene.picture));
    write_file(mask.toStdString(), encode_png(*scene.mask));
    return {picture, QStringLiteral("--mask"), mask};
}

} // namespace lacuna::ui
