// SPDX-License-Identifier: GPL-3.0-or-later
// A set leaves the window as a PNG file or a project, and somebody else makes it again: another profile, another
// number of threads, other groups of members, the command line.
#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>
#include <cmath>
#include <optional>

#include "engine/session/reproduction.h"
#include "tests/support/test_pictures.h"
#include "tests/ui/engine_fixture.h"
#include "ui/appearance/theme.h"
#include "ui/main_window/projects.h"
#include "ui/verify/verifier.h"

using namespace lacuna;
using namespace lacuna::ui;

namespace {

constexpr int patience = EngineFixture::patience;
constexpr int members = 3, steps = 4, seed = 77;

LoadedPicture photo()
{
    return preparePicture(test::stripes(96, 64), QStringLiteral("stripes"),
                          test::square_mask(96, 64, 40, 20, 18));
}

/// The same texts with the recipe changed.
void rewritePng(
    const QString& from, const QString& to, const QByteArray& before, const QByteArray& after,
    const std::function<void(std::uint8_t*)>& change = [](std::uint8_t*) {})
{
    const auto file = read_file(from.toStdString());
    TextChunks texts = read_png_texts(file, "from");
    for (auto& [key, value] : texts)
        if (!before.isEmpty())
            value = QByteArray::fromStdString(value).replace(before, after).toStdString();
    const Picture picture = decode_picture(file, "from");
    const Picture changed = make_picture(
        picture.width, picture.height, picture.channels, picture.bits, [&](std::uint8_t* to_bytes) {
            std::copy(picture.bytes->begin(), picture.bytes->end(), to_bytes);
            change(to_bytes);
        });
    write_file(to.toStdString(), encode_png(changed, texts));
}

} // namespace

class TestJourneyReproduce : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        loadResources();
        applyTheme(ThemeChoice::Light);
    }
    void anotherProfileMakesTheSame_data();
    void anotherProfileMakesTheSame();
    void otherGroupsOfMembersMakeTheSame();
    void differencesAreTold();
    void anotherDeviceIsTold();
    void nothingToVerifyIsExplained();
    void otherRunsGoFirst();
    void aBoundInGreyLevelsStaysWhatItIs();

private:
    /// Makes a set in a window of one thread and leaves it as a PNG file of one completion and as a project.
    void make(const Profile& profile, const LoadedPicture& scene, const char* model)
    {
        profile.use();
        EngineFixture maker(1);
        QVERIFY(maker.exposed);
        maker.openScene(scene);
        QVERIFY(maker.choose(model, members, steps, seed));
        QTest::mouseClick(maker.runButton(), Qt::LeftButton);
        QTRY_VERIFY_WITH_TIMEOUT(!maker.window->run().running() && maker.window->results().filled(),
                                 patience);
        QCOMPARE(maker.window->results().filled()->set.completions.size(), std::size_t(members));
        maker.window->files().exportCompletion(1, png(profile));
        QTRY_VERIFY_WITH_TIMEOUT(maker.window->messages().text().contains(QStringLiteral("was saved")),
                                 patience);
        maker.window->projects().saveAs(project(profile));
        QTRY_VERIFY_WITH_TIMEOUT(!maker.window->projects().modified() && QFile::exists(project(profile)),
                                 patience);
    }
    static QString png(const Profile& profile) { return profile.at(QStringLiteral("completion.png")); }
    static QString project(const Profile& profile) { return profile.at(QStringLiteral("set.lacuna")); }

    static bool open(const EngineFixture& f, const QString& file)
    {
        const auto opened = [&] {
            return f.window->document().source().filePath == QFileInfo(file).absoluteFilePath();
        };
        f.window->files().openPicture(file);
        return QTest::qWaitFor(opened, patience)
               && QTest::qWaitFor([&] { return f.action("verify")->isEnabled(); }, patience);
    }
    /// What the window says; without completions where it refuses.
    static Verdict verify(const EngineFixture& f)
    {
        Verdict verdict;
        const auto connection =
            QObject::connect(&f.window->verifier(), &Verifier::verified, &f.window->verifier(),
                             [&](const Verdict& found) { verdict = found; });
        f.action("verify")->trigger();
        const bool ended = QTest::qWaitFor([&] { return !verdict.completions.empty(); }, patience)
                           && !f.window->verifier().running();
        QObject::disconnect(connection);
        return ended ? verdict : Verdict();
    }
};

void TestJourneyReproduce::anotherProfileMakesTheSame_data()
{
    QTest::addColumn<QByteArray>("model");
    QTest::newRow("This photo") << QByteArray("this-photo");
    QTest::newRow("a network") << QByteArray("cats-64");
}

void TestJourneyReproduce::anotherProfileMakesTheSame()
{
    QFETCH(QByteArray, model);
    const LoadedPicture scene = model == "this-photo" ? photo() : worldScene("cats");
    const Profile first, second;
    make(first, scene, model.constData());

    second.use();
    EngineFixture f(2);
    QVERIFY(f.exposed);
    QVERIFY(open(f, png(first)));
    QCOMPARE(f.window->document().holePixels(), scene.mask->hole_pixels());
    const Verdict one = verify(f);
    QVERIFY2(one.exact() && one.completions.size() == 1, qPrintable(f.window->messages().text()));
    QCOMPARE(one.completions[0].member, 1);
    QVERIFY(f.window->messages().text().startsWith(QStringLiteral("Verified: ")));

    QVERIFY(open(f, project(first)));
    QTRY_VERIFY_WITH_TIMEOUT(f.window->results().filled(), patience);
    const Verdict all = verify(f);
    QVERIFY2(all.exact() && all.completions.size() == members, qPrintable(f.window->messages().text()));

    // The command line does the same with the file of the window, and with a set of its own.
    const CliResult verified = runCli({"verify", png(first), "--threads", "2"});
    QVERIFY2(verified.code == 0 && verified.out.contains("exact, every sample"), verified.said());
    const QString set = second.at(QStringLiteral("set"));
    const CliResult filled =
        runCli(QStringList{"fill"} + storedInputs(scene, second)
               + QStringList{"--out", set, "--model", model, "--count", QString::number(members), "--steps",
                             QString::number(steps), "--seed", QString::number(seed), "--threads", "2",
                             "--device", "cpu"});
    QVERIFY2(filled.code == 0, filled.said());
    QVERIFY(read_picture((set + "/completion-02.png").toStdString())
            == read_picture(png(first).toStdString()));
    const CliResult again = runCli({"verify", set, "--threads", "1", "--json"});
    QVERIFY2(again.code == 0, again.said());
    const QJsonObject json = QJsonDocument::fromJson(again.out).object();
    QVERIFY(json["exact"].toBool());
    QCOMPARE(json["made_on"].toString(), QStringLiteral("the processor"));
}

/// Without guidance members do not know of each other: six at once, and three groups of two.
void TestJourneyReproduce::otherGroupsOfMembersMakeTheSame()
{
    for (const char* model : {"this-photo", "cats-64"}) {
        const LoadedPicture scene = worldScene("cats");
        FillRequest request{.picture = scene.picture, .mask = *scene.mask, .recipe = default_recipe(model)};
        request.recipe.eta = 0;
        request.recipe.steps = steps;
        request.recipe.count = 6;
        const auto session = make_fill_session(2, "cpu");
        const auto quiet = [](const Progress&) {};
        const CompletionSet together = session->fill(request, quiet, {});
        request.recipe.count = 2;
        request.recipe.pool = 6;
        CompletionSet apart = make_fill_session(1, "cpu")->fill(request, quiet, {});
        apart.completions = apart.pool->candidates;
        QCOMPARE(apart.completions.size(), std::size_t(6));
        for (const Completion& one : together.completions) {
            const Picture kept = composite(request.picture, request.mask, one);
            QVERIFY2(compare(kept, one.member, request, apart).exact(), model);
        }
    }
}

void TestJourneyReproduce::differencesAreTold()
{
    const Profile profile;
    make(profile, photo(), "this-photo");
    const QString changed = profile.at(QStringLiteral("changed.png"));
    rewritePng(png(profile), changed, "", "", [](std::uint8_t* bytes) { bytes[3 * (28 * 96 + 48)] ^= 8; });
    EngineFixture f(2);
    QVERIFY(open(f, changed));
    const Verdict verdict = verify(f);
    QCOMPARE(verdict.completions.size(), std::size_t(1));
    QVERIFY(!verdict.exact());
    QCOMPARE(verdict.completions[0].samples, std::size_t(1));
    QCOMPARE(verdict.completions[0].largest, 8);
    QVERIFY2(f.window->messages().text().contains(
                 QStringLiteral("1 of 1 completions differ, in 1 samples by at most 8")),
             qPrintable(f.window->messages().text()));
    const CliResult result = runCli({"verify", changed});
    QCOMPARE(result.code, 4);
    QVERIFY2(result.out.contains("1 samples differ, by at most 8 levels"), result.said());
}

void TestJourneyReproduce::anotherDeviceIsTold()
{
    const Profile profile;
    make(profile, worldScene("cats"), "cats-64");
    const QString claimed = profile.at(QStringLiteral("claimed.png")),
                  both = profile.at(QStringLiteral("both.png"));
    const QByteArray here = "\"version\": \"" LACUNA_VERSION "\"",
                     there = "\"version\": \"" LACUNA_VERSION " on cuda:7 in half\"";
    rewritePng(png(profile), claimed, here, there);
    const Maker maker = maker_of(Recipe{.version = maker_name("cuda:7", "half")});
    QCOMPARE(maker.device, std::string("cuda:7"));
    QCOMPARE(maker.precision, std::string("half"));
    QCOMPARE(maker.version, std::string(LACUNA_VERSION));

    EngineFixture f(2);
    QVERIFY(open(f, claimed));
    const Verdict equal = verify(f);
    QVERIFY(equal.exact());
    QVERIFY2(f.window->messages().text().contains(
                 QStringLiteral("made on cuda:7 in half, and ran again on the processor")),
             qPrintable(f.window->messages().text()));
    const Mask hole = *worldScene("cats").mask;
    const auto first = std::find(hole.values.begin(), hole.values.end(), 255) - hole.values.begin();
    const std::size_t inside = 3 * std::size_t(first);
    rewritePng(claimed, both, "", "", [inside](std::uint8_t* bytes) { bytes[inside] ^= 1; });
    QVERIFY(open(f, both));
    QVERIFY(!verify(f).exact());
    QVERIFY(f.window->messages().text().contains(QStringLiteral("by at most 1 levels")));
    QVERIFY(f.window->messages().text().contains(QStringLiteral("cuda:7")));

    const CliResult result = runCli({"verify", both});
    QCOMPARE(result.code, 4);
    QVERIFY2(result.out.contains("made on cuda:7 in half, and ran again on the processor")
                 && result.out.contains("1 samples differ, by at most 1 levels"),
             result.said());
    const CliResult json = runCli({"verify", claimed, "--json"});
    QCOMPARE(json.code, 0);
    const QJsonObject said = QJsonDocument::fromJson(json.out).object();
    QCOMPARE(said["made_on"].toString(), QStringLiteral("cuda:7 in half"));
    QCOMPARE(said["ran_on"].toString(), QStringLiteral("the processor"));
}

void TestJourneyReproduce::nothingToVerifyIsExplained()
{
    EngineFixture f(1);
    QVERIFY(!f.action("verify")->isEnabled());
    f.openScene(photo());
    QVERIFY(!f.action("verify")->isEnabled());
    f.window->verifier().start(); // as by the palette
    QVERIFY(f.window->messages().text().startsWith(QStringLiteral("There is nothing to verify.")));
    const Profile profile;
    const QString plain = profile.at(QStringLiteral("plain.png"));
    write_file(plain.toStdString(), encode_png(photo().picture));
    const CliResult result = runCli({"verify", plain});
    QCOMPARE(result.code, 3);
    QVERIFY2(result.err.contains("carries no recipe of Lacuna"), result.said());
}

void TestJourneyReproduce::otherRunsGoFirst()
{
    const Profile profile;
    make(profile, photo(), "this-photo");
    EngineFixture f(2);
    QVERIFY(open(f, project(profile)));
    QTRY_VERIFY_WITH_TIMEOUT(f.window->results().filled(), patience);
    const SharedSet kept = f.window->results().filled();
    QVERIFY(f.choose("this-photo", 2, 200, 5)); // long enough to be asked for a verification meanwhile
    std::optional<Verdict> verdict;
    QObject::connect(&f.window->verifier(), &Verifier::verified, &f.window->verifier(),
                     [&](const Verdict& found) { verdict = found; });
    f.action("verify")->trigger();
    QVERIFY(f.window->verifier().running());
    f.action("generate")->trigger(); // takes the engine
    QVERIFY(f.window->run().running());
    QTRY_VERIFY_WITH_TIMEOUT(*f.runs > 0, patience);
    f.action("stop")->trigger();
    QTRY_VERIFY_WITH_TIMEOUT(verdict.has_value(), patience);
    QVERIFY2(verdict->exact() && verdict->completions.size() == members,
             "the set that was shown when it was asked for");
    QCOMPARE(verdict->before.seed, kept->set.recipe.seed);

    // Stopped by its button nothing is compared.
    verdict.reset();
    QTRY_VERIFY_WITH_TIMEOUT(!f.window->run().running(), patience);
    f.window->results().setFilled(kept);
    f.action("verify")->trigger();
    QVERIFY(f.window->verifier().running());
    f.window->verifier().stop();
    QTRY_VERIFY_WITH_TIMEOUT(!f.window->verifier().running(), patience);
    QVERIFY(!verdict);
}

/// 24 grey levels are 24 for any number of members; D of the set as a whole grows with it.
void TestJourneyReproduce::aBoundInGreyLevelsStaysWhatItIs()
{
    const Profile profile;
    profile.use();
    EngineFixture f(2);
    f.openScene(photo());
    double bound = -1;
    QObject::connect(&f.window->run(), &RunController::progressed, f.window.get(),
                     [&](const Progress& progress) {
                         if (!progress.distances.members.empty())
                             bound = progress.distances.bound_gray;
                     });
    std::vector<double> reached;
    for (const int count : {2, 5}) {
        QVERIFY(f.choose("this-photo", count, steps, seed));
        QTest::mouseClick(f.runButton(), Qt::LeftButton);
        QTRY_VERIFY_WITH_TIMEOUT(!f.window->run().running() && f.window->results().filled()
                                     && int(f.window->results().filled()->set.completions.size()) == count,
                                 patience);
        reached.push_back(bound);
    }
    const Bound asked = f.window->parameters().recipe().bound;
    QCOMPARE(asked.convention, BoundConvention::GrayLevels);
    QVERIFY2(std::abs(reached[0] - asked.value) < 1e-3 && std::abs(reached[1] - asked.value) < 1e-3,
             qPrintable(QStringLiteral("%1 %2").arg(reached[0]).arg(reached[1])));

    // The same from the command line, which says the bound in every unit.
    const auto said = [&](int count, const QString& text) {
        const QString out = profile.at(QStringLiteral("n%1%2").arg(count).arg(text.size()));
        const QByteArray all = runCli(QStringList{"fill"} + storedInputs(photo(), profile)
                                      + QStringList{"--out", out, "--count", QString::number(count),
                                                    "--steps", "2", "--bound", text})
                                   .out;
        return all.mid(all.indexOf("Bound: "));
    };
    QVERIFY(said(2, "24").startsWith("Bound: 24 grey levels;"));
    QVERIFY(said(5, "24").startsWith("Bound: 24 grey levels;"));
    // 18 x 18 pixels: D N 3 M / sqrt(3 M) in [-1,1], as grey levels 127.5 times that.
    for (const int count : {2, 5}) {
        const double gray = 127.5 * 0.001 * count * std::sqrt(3.0 * 18 * 18);
        const QByteArray line = said(count, "0.001:repaint-batch");
        QVERIFY2(std::abs(line.mid(7).split(' ')[0].toDouble() - gray) < 0.006 * gray, line);
    }
}

QTEST_MAIN(TestJourneyReproduce)
#include "tst_journey_reproduce.moc"
