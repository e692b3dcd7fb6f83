// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/application/application.h"

#include <QApplication>
#include <QCommandLineParser>
#include <QFont>

#include <cstdio>
#include <cstring>
#include <optional>

#include "ui/appearance/icons.h"
#include "ui/appearance/theme.h"
#include "ui/application/window_benchmark.h"
#include "ui/canvas/stroke_benchmark.h"
#include "ui/diagnostics/event_log.h"
#include "ui/language/language.h"
#include "ui/main_window/files.h"
#include "ui/main_window/main_window.h"
#include "ui/settings/settings.h"
#include "ui/shots/shots.h"
#include "ui/sweep/sweep_board.h"

namespace lacuna::ui {
namespace {

constexpr int usage = 2;

struct CommandLine {
    CommandLine();

    QCommandLineParser parser{};
    QCommandLineOption mask{QStringLiteral("mask"),
                            QApplication::translate("CommandLine", "Mask of the picture: white is the hole."),
                            QStringLiteral("MASK")};
    QCommandLineOption example{
        QStringLiteral("example"),
        QApplication::translate("CommandLine", "Open an example: harbour, meadow, wall or portrait."),
        QStringLiteral("ID")};
    QCommandLineOption shot{
        QStringLiteral("shot"),
        QApplication::translate("CommandLine", "Draw a scene of the window into the file PICTURE and end."),
        QStringLiteral("SCENE")};
    QCommandLineOption listShots{QStringLiteral("list-shots"),
                                 QApplication::translate("CommandLine", "Print the names of the scenes.")};
    QCommandLineOption theme{QStringLiteral("theme"),
                             QApplication::translate("CommandLine", "light, dark or high-contrast."),
                             QStringLiteral("THEME")};
    QCommandLineOption language{QStringLiteral("language"),
                                QApplication::translate("CommandLine", "en, de, or pseudo for tests."),
                                QStringLiteral("CODE")};
    QCommandLineOption scale{
        QStringLiteral("scale"),
        QApplication::translate("CommandLine", "Device pixels per pixel of a scene, 1 to 4."),
        QStringLiteral("N"), QStringLiteral("1")};
    QCommandLineOption benchStroke{QStringLiteral("bench-stroke"), {}, QStringLiteral("SIDE")};
    QCommandLineOption benchWindow{QStringLiteral("bench-window"), {}};
};

CommandLine::CommandLine()
{
    parser.setApplicationDescription(
        QApplication::translate("CommandLine", "Meaningfully diverse inpainting"));
    parser.addPositionalArgument(QStringLiteral("PICTURE"),
                                 QApplication::translate("CommandLine", "Picture or project to open."),
                                 QStringLiteral("[PICTURE]"));
    for (QCommandLineOption* measurement : {&benchStroke, &benchWindow})
        measurement->setFlags(QCommandLineOption::HiddenFromHelp);
    parser.addOptions({mask, example, shot, listShots, theme, language, scale, benchStroke, benchWindow});
    parser.addHelpOption();
    parser.addVersionOption();
}

int complain(const QString& sentence)
{
    std::fprintf(stderr, "lacuna: %s\n", qUtf8Printable(sentence));
    return usage;
}

int listShots()
{
    for (const Scene& scene : scenes())
        std::printf("%s\n", scene.name);
    return 0;
}

int benchStroke(const QString& text)
{
    bool number = false;
    const int side = text.toInt(&number);
    if (!number || side < 256 || side > 16384)
        return complain(QStringLiteral("The side of the picture must be 256 to 16384 pixels."));
    const StrokeLatency latency = measureStrokeLatency(side);
    const QString line =
        QStringLiteral("{\"side\": %1, \"p50_ms\": %2, \"p99_ms\": %3}") // arg() ignores the locale
            .arg(side)
            .arg(latency.p50, 0, 'f', 3)
            .arg(latency.p99, 0, 'f', 3);
    std::puts(qPrintable(line));
    return 0;
}

bool given(int argc, char** argv, const char* option)
{
    for (int i = 1; i < argc; ++i)
        if (std::strncmp(argv[i], option, std::strlen(option)) == 0)
            return true;
    return false;
}

/// What must be decided before the application exists: scenes and measurements need no screen.
void prepareEnvironment(int argc, char** argv)
{
    const bool hidden =
        given(argc, argv, "--shot") || given(argc, argv, "--bench-") || given(argc, argv, "--list-shots");
    if (hidden && qEnvironmentVariableIsEmpty("QT_QPA_PLATFORM"))
        qputenv("QT_QPA_PLATFORM", "offscreen");
    if (!given(argc, argv, "--shot"))
        return;
    qputenv("QT_ENABLE_HIGHDPI_SCALING", "1"); // the size of a scene must not depend on the screen
    qunsetenv("QT_SCREEN_SCALE_FACTORS");
    qputenv("QT_FONT_DPI", "96");
    const char* scale = "1";
    for (int i = 1; i < argc; ++i) {
        if (std::strcmp(argv[i], "--scale") == 0 && i + 1 < argc)
            scale = argv[i + 1];
        else if (std::strncmp(argv[i], "--scale=", 8) == 0)
            scale = argv[i] + 8;
    }
    qputenv("QT_SCALE_FACTOR", scale);
}

/// Before the options are explained in that language.
QString languageOption(const QStringList& arguments)
{
    const QString option = QStringLiteral("--language");
    for (qsizetype i = 1; i < arguments.size(); ++i) {
        if (arguments[i] == option)
            return arguments.value(i + 1);
        if (arguments[i].startsWith(option + u'='))
            return arguments[i].mid(option.size() + 1);
    }
    return {};
}

int runWindow(const CommandLine& line, const SessionFactory& makeSession, const JudgeFactory& makeJudge)
{
    const QStringList files = line.parser.positionalArguments();
    if (files.size() > 1)
        return complain(QStringLiteral("Only one picture can be opened at a time."));
    if (line.parser.isSet(line.mask) && files.isEmpty())
        return complain(QStringLiteral("--mask needs a picture."));
    MainWindow window(makeSession);
    window.sweep().setJudge(makeJudge);
    window.show();
    window.startSession();
    if (line.parser.isSet(line.benchWindow))
        return benchWindow(window,
                           {files.value(0), line.parser.value(line.mask), line.parser.value(line.example)});
    if (!files.isEmpty())
        window.files().openPicture(files.constFirst(), line.parser.value(line.mask));
    else if (line.parser.isSet(line.example))
        window.files().openExample(line.parser.value(line.example));
    return QApplication::exec();
}

} // namespace

int runApplication(int argc, char** argv, const SessionFactory& makeSession, const JudgeFactory& makeJudge)
{
    prepareEnvironment(argc, argv);
    QApplication::setHighDpiScaleFactorRoundingPolicy(Qt::HighDpiScaleFactorRoundingPolicy::PassThrough);
    QApplication application(argc, argv);
    QApplication::setApplicationName(QStringLiteral("lacuna"));
    QApplication::setApplicationDisplayName(QStringLiteral("Lacuna"));
    QApplication::setApplicationVersion(QStringLiteral(LACUNA_VERSION));
    QApplication::setDesktopFileName(QStringLiteral("lacuna"));
    loadResources();
    logQtMessages();
    const bool shot = given(argc, argv, "--shot");
    if (!shot) // a scene is the same for everybody
        settings().setFile(settingsFile());
    const QString chosen = languageOption(QApplication::arguments());
    applyLanguage(!chosen.isEmpty() ? chosen
                  : shot            ? QStringLiteral("en")
                                    : settings().text(QStringLiteral("language")));

    CommandLine line; // in that language
    line.parser.process(application);
    const QString themeName = line.parser.value(line.theme);
    if (line.parser.isSet(line.theme) && parseTheme(themeName) == ThemeChoice::System)
        return complain(QStringLiteral("--theme is light, dark or high-contrast."));
    bool number = false;
    const double scale = line.parser.value(line.scale).toDouble(&number); // never by the locale
    if (!number || scale < 1 || scale > 4)
        return complain(QStringLiteral("--scale is a number from 1 to 4."));
    if (line.parser.isSet(line.listShots))
        return listShots();
    if (line.parser.isSet(line.benchStroke)) {
        applyTheme(ThemeChoice::Light);
        return benchStroke(line.parser.value(line.benchStroke));
    }
    if (line.parser.isSet(line.shot)) {
        const QStringList files = line.parser.positionalArguments();
        if (files.size() != 1)
            return complain(QStringLiteral("Name one file for the scene: lacuna --shot SCENE OUT.png"));
        const QString problem = takeShot(line.parser.value(line.shot), files.constFirst(),
                                         parseTheme(line.parser.value(line.theme)), makeSession);
        return problem.isEmpty() ? 0 : complain(problem);
    }
    applyTheme(
        parseTheme(line.parser.isSet(line.theme) ? themeName : settings().text(QStringLiteral("theme"))));
    const int code = runWindow(line, makeSession, makeJudge);
    Settings::flush();
    return code;
}

} // namespace lacuna::ui
