// SPDX-License-Identifier: GPL-3.0-or-later
// The manager of models in the window: fetching, importing, removing, devices.
#include <QCheckBox>
#include <QComboBox>
#include <QCryptographicHash>
#include <QDir>
#include <QLabel>
#include <QLineEdit>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include "engine/core/atomic_file.h"
#include "engine/models/convert_checkpoint.h"
#include "tests/ui/folder_session.h"
#include "tests/ui/scripted_server.h"
#include "tests/ui/window_fixture.h"
#include "ui/models/import_page.h"
#include "ui/models/model_details.h"
#include "ui/models/model_list.h"
#include "ui/models/models_window.h"

using namespace lacuna;
using namespace lacuna::ui;
using namespace std::chrono_literals;

namespace {

constexpr int patience = 30000; // ms, beside heavy load

QByteArray contentOf(const QString& file)
{
    QFile from(file);
    return from.open(QIODevice::ReadOnly) ? from.readAll() : QByteArray();
}

} // namespace

class TestModelManager : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        loadResources();
        applyTheme(ThemeChoice::Light);
    }
    void init();
    void cleanup();

    void listsWhatIsAndWhatCouldBe();
    void opensByKeyAndHasNamesForAll();
    void aDownloadNeedsItsLicenceAccepted();
    void pauseResumeAndDiscard();
    void aFailureIsToldAndNothingIsListed();
    void offlineFetchesNothing();
    void importsAFile();
    void refusesAFileWithASentence_data();
    void refusesAFileWithASentence();
    void aPlacedFileIsFound();
    void removedModelsComeBack();
    void devices();
    void unloadFreesTheSession();
    void settingsAreKept();
    void memoryOfNetworks();

private:
    void open(std::vector<DeviceInfo> devices = {{"cpu", "Processor"}});
    template <typename Widget> Widget* find(const char* name) const
    {
        return models_->findChild<Widget*>(QLatin1String(name));
    }
    void click(const char* name) const
    {
        auto* button = find<QPushButton>(name);
        QTRY_VERIFY(button->isVisible() && button->isEnabled());
        QTest::mouseClick(button, Qt::LeftButton);
    }
    QString text(const char* name) const { return find<QLabel>(name)->text(); }
    QString message() const { return models_->findChild<MessageBar*>()->text(); }
    QStringList panelModels() const;
    QString path(const char* name) const { return folder_->filePath(QLatin1String(name)); }

    std::unique_ptr<QTemporaryDir> folder_;
    std::unique_ptr<ScriptedServer> server_;
    std::shared_ptr<FakeScript> script_;
    std::unique_ptr<MainWindow> window_;
    ModelsWindow* models_ = nullptr;
    int sessions_ = 0;
    ModelPreset published_{}, unpublished_{};
    QByteArray file_{};
};

void TestModelManager::init()
{
    folder_ = std::make_unique<QTemporaryDir>();
    qputenv("XDG_DATA_HOME", folder_->path().toUtf8());
    qputenv("XDG_STATE_HOME", path("state").toUtf8());
    setChosenDevice("auto");
    server_ = std::make_unique<ScriptedServer>();
    published_ = tinyPreset();
    writeWeights(path("published.bin"), published_, false);
    file_ = contentOf(path("published.bin"));
    published_.bytes = std::uint64_t(file_.size());
    published_.sha256 = QCryptographicHash::hash(file_, QCryptographicHash::Sha256).toHex().toStdString();
    published_.download = server_->url().toString().toStdString();
    unpublished_ = tinyPreset();
    unpublished_.id = "other-8";
    unpublished_.name = "Other";
    unpublished_.file = "other.ckpt";
    server_->answer = [this](const HttpRequest& request) { return ScriptedServer::file(request, file_); };
    open();
}

void TestModelManager::cleanup()
{
    window_.reset();
}

void TestModelManager::open(std::vector<DeviceInfo> devices)
{
    window_.reset();
    sessions_ = 0;
    script_ = std::make_shared<FakeScript>();
    window_ = std::make_unique<MainWindow>([this, devices, script = script_]() -> std::unique_ptr<Session> {
        QMetaObject::invokeMethod(this, [this] { ++sessions_; });
        return std::make_unique<FolderSession>(script, devices);
    });
    window_->models().setPresets({published_, unpublished_});
    window_->models().setRules({.stall = 2000ms, .pause = 1ms, .attempts = 2, .plainLocal = true});
    window_->show();
    QVERIFY(QTest::qWaitForWindowExposed(window_.get()));
    models_ = &window_->showModels();
    QVERIFY(QTest::qWaitForWindowExposed(models_));
    QTRY_VERIFY(window_->models().entry(QStringLiteral("portraits-64")));
}

QStringList TestModelManager::panelModels() const
{
    QStringList names;
    const auto* combo = window_->parameters().findChild<QComboBox*>(QStringLiteral("model"));
    for (int i = 0; i < combo->count(); ++i)
        names << combo->itemText(i);
    return names;
}

void TestModelManager::listsWhatIsAndWhatCouldBe()
{
    QStringList lines;
    for (int i = 0; i < models_->list().count(); ++i)
        lines << models_->list().item(i)->text();
    QCOMPARE(lines, (QStringList{QStringLiteral("Comes with Lacuna"), QStringLiteral("This photo"),
                                 QStringLiteral("Portraits"), QStringLiteral("Yours"),
                                 QStringLiteral("To download"), QStringLiteral("Tiny"),
                                 QStringLiteral("Published elsewhere"), QStringLiteral("Other")}));
    QVERIFY2(
        models_->list().item(3)->data(Qt::AccessibleTextRole).toString().contains(QStringLiteral("None yet")),
        "an empty group explains itself");
    QVERIFY(models_->list()
                .item(5)
                ->data(Qt::AccessibleTextRole)
                .toString()
                .contains(QStringLiteral("8 pixels")));
    models_->choose(QStringLiteral("published/other-8"));
    QVERIFY(text("place-yourself").contains(QStringLiteral("other.ckpt")));
    QVERIFY(text("place-yourself").contains(QString::fromStdString(downloadFolder().string())));
    QVERIFY(!find<QPushButton>("download")->isVisible());
}

void TestModelManager::opensByKeyAndHasNamesForAll()
{
    models_->close();
    window_->activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(window_.get()));
    QTest::keyClick(window_.get(), Qt::Key_M, Qt::ControlModifier | Qt::ShiftModifier);
    QTRY_VERIFY(models_->isVisible());
    QVERIFY(!models_->isModal());
    QTRY_VERIFY(models_->list().hasFocus());
    const QString first = models_->list().chosen();
    QTest::keyClick(&models_->list(), Qt::Key_Down);
    QVERIFY(models_->list().chosen() != first);
    for (const QWidget* widget : models_->findChildren<QWidget*>())
        if (widget->isVisible() && widget->focusPolicy() & Qt::TabFocus)
            QVERIFY2(!widget->accessibleName().isEmpty(),
                     qPrintable(widget->objectName() + widget->metaObject()->className()));
    QTest::keyClick(models_, Qt::Key_Escape);
    QTRY_VERIFY(!models_->isVisible());
}

void TestModelManager::aDownloadNeedsItsLicenceAccepted()
{
    QSignalSpy imported(&window_->models(), &ModelManager::imported);
    models_->choose(QStringLiteral("published/tiny-8"));
    click("download");
    QTRY_VERIFY(find<QWidget>("licence-box")->isVisible());
    QCOMPARE(text("licence"), QStringLiteral("Only for tests."));
    QVERIFY(text("download-cost").contains(QStringLiteral("127.0.0.1")));
    QVERIFY(!find<QPushButton>("begin-download")->isEnabled());
    QTest::mouseClick(find<QPushButton>("begin-download"), Qt::LeftButton);
    QCOMPARE(server_->requests.size(), 0);
    QTest::keyClick(find<QCheckBox>("accept"), Qt::Key_Space);
    click("begin-download");
    QTRY_COMPARE_WITH_TIMEOUT(imported.size(), 1, patience);
    QTRY_VERIFY(window_->models().entry(QStringLiteral("tiny-8")));
    QVERIFY2(!window_->models().entry(QStringLiteral("published/tiny-8")), "it is listed once");
    QCOMPARE(window_->models().entry(QStringLiteral("tiny-8"))->group, ModelEntry::Group::Yours);
    QTRY_VERIFY2(panelModels().contains(QStringLiteral("Tiny")), "the panel offers it at once");
    QVERIFY(message().contains(QStringLiteral("Tiny is ready")));
    QVERIFY2(std::filesystem::is_empty(downloadFolder()), "the published file is not kept twice");
    const Checkpoint stored = Checkpoint::open(find_model("tiny-8"));
    QCOMPARE(stored.metadata().at("source_sha256"), *published_.sha256);
    QCOMPARE(stored_preset(stored.metadata(), "")->id, std::string("tiny-8"));
}

void TestModelManager::pauseResumeAndDiscard()
{
    server_->answer = [this](const HttpRequest& request) {
        HttpAnswer answer = ScriptedServer::file(request, file_);
        answer.drip = server_->requests.size() < 3 ? 200 : 0;
        return answer;
    };
    const QString id = QStringLiteral("published/tiny-8");
    ModelManager& manager = window_->models();
    models_->choose(id);
    manager.download(id);
    QTRY_VERIFY_WITH_TIMEOUT(manager.entry(id)->progress.done > 0, patience);
    click("pause");
    QTRY_COMPARE_WITH_TIMEOUT(manager.entry(id)->state, ModelEntry::State::Partly, patience);
    QVERIFY(text("model-state").contains(QStringLiteral("Paused")));
    const std::uint64_t kept = manager.entry(id)->progress.done;
    QVERIFY(kept > 0);

    QCOMPARE(find<QPushButton>("download")->accessibleName(), QStringLiteral("Resume"));
    click("download"); // the licence was accepted already
    QTRY_VERIFY_WITH_TIMEOUT(manager.entry(id)->progress.done > kept, patience);
    QCOMPARE(std::uint64_t(server_->requests.last().from()), kept);
    click("discard");
    QTRY_COMPARE_WITH_TIMEOUT(manager.entry(id)->state, ModelEntry::State::NotHere, patience);
    QCOMPARE(Downloads::kept(downloadJob(published_)), 0u);
}

void TestModelManager::aFailureIsToldAndNothingIsListed()
{
    QByteArray wrong = file_;
    wrong[wrong.size() - 1] = 'x';
    server_->answer = [wrong](const HttpRequest& request) { return ScriptedServer::file(request, wrong); };
    const QString id = QStringLiteral("published/tiny-8");
    models_->choose(id);
    window_->models().download(id);
    QTRY_VERIFY_WITH_TIMEOUT(!text("model-problem").isEmpty(), patience);
    QVERIFY(text("model-problem").contains(QStringLiteral("SHA-256")));
    QVERIFY(message().contains(QStringLiteral("SHA-256")));
    QCOMPARE(window_->models().entry(id)->state, ModelEntry::State::NotHere);
    QVERIFY(installed_models().empty());
}

void TestModelManager::offlineFetchesNothing()
{
    QTest::keyClick(find<QCheckBox>("offline"), Qt::Key_Space);
    QVERIFY(window_->models().settings().offline);
    const QString id = QStringLiteral("published/tiny-8");
    models_->choose(id);
    window_->models().download(id);
    QTRY_VERIFY_WITH_TIMEOUT(message().contains(QStringLiteral("work offline")), patience);
    QCOMPARE(server_->requests.size(), 0);
}

void TestModelManager::importsAFile()
{
    const QString file = path("mine.safetensors");
    writeWeights(file, published_, true, 0.25f);
    const QByteArray before = contentOf(file);
    for (const char* name : {"tiny-8", "tiny-8-2"}) {
        models_->importFile(file);
        QTRY_VERIFY_WITH_TIMEOUT(find<QPushButton>("import")->isVisible(), patience);
        QVERIFY(text("import-hash")
                    .contains(QString::fromLatin1(
                        QCryptographicHash::hash(before, QCryptographicHash::Sha256).toHex())));
        QVERIFY2(text("import-hash").contains(QStringLiteral("has another one")),
                 "the published hash is another");
        click("import");
        QTRY_VERIFY_WITH_TIMEOUT(window_->models().entry(QLatin1String(name)), patience);
    }
    QCOMPARE(contentOf(file), before);
    QTRY_COMPARE(panelModels().count(QStringLiteral("Tiny")), 2);
}

void TestModelManager::refusesAFileWithASentence_data()
{
    QTest::addColumn<QByteArray>("content");
    QTest::newRow("empty") << QByteArray();
    QTest::newRow("text") << QByteArray("hello, this is no checkpoint at all");
    QTest::newRow("cut") << QByteArray("cut");
    QTest::newRow("not there") << QByteArray("-");
    QTest::newRow("other tensors") << QByteArray("other");
}

void TestModelManager::refusesAFileWithASentence()
{
    QFETCH(QByteArray, content);
    const QString file = path("mine.pt");
    if (content == "cut")
        write_file(file.toStdString(), file_.left(file_.size() - 7).toStdString());
    else if (content == "other")
        write_safetensors(
            file.toStdString(), {{"a", {DType::F32, {2}}}}, {},
            [](const std::string&, std::span<std::byte> b) { std::fill(b.begin(), b.end(), std::byte{0}); });
    else if (content != "-")
        write_file(file.toStdString(), content.toStdString());
    models_->importFile(file);
    QTRY_VERIFY_WITH_TIMEOUT(find<QLabel>("import-problem")->isVisible(), patience);
    QVERIFY2(text("import-problem").size() > 20, qPrintable(text("import-problem")));
    QVERIFY(!find<QPushButton>("import")->isVisible());
    click("import-back");
    QVERIFY(find<QLabel>("model-name")->isVisible());
    QVERIFY(installed_models().empty());
}

void TestModelManager::aPlacedFileIsFound()
{
    QVERIFY(QDir().mkpath(QString::fromStdString(downloadFolder().string())));
    const std::string placed = (downloadFolder() / "other.ckpt").string();
    writeWeights(QString::fromStdString(placed), published_, false, 0.75f);
    models_->choose(QStringLiteral("published/other-8"));
    click("have-file");
    QTRY_VERIFY_WITH_TIMEOUT(find<QPushButton>("import")->isVisible(), patience);
    QCOMPARE(find<QComboBox>("import-preset")->count(), 2);
    QCOMPARE(find<QComboBox>("import-preset")->currentText(), QStringLiteral("Other"));
    QVERIFY(text("import-hash").contains(QStringLiteral("None was published")));
    click("import");
    QTRY_VERIFY_WITH_TIMEOUT(window_->models().entry(QStringLiteral("other-8")), patience);
}

void TestModelManager::removedModelsComeBack()
{
    const QString file = path("mine.safetensors");
    writeWeights(file, published_, true);
    const std::string name =
        importCheckpoint(file.toStdString(), published_, {}, std::make_shared<JobState>());
    write_file((user_model_folder() / (name + ".md")).string(), std::string("# Card"));
    window_->models().refresh();
    QTRY_VERIFY(window_->models().entry(QStringLiteral("tiny-8")));
    models_->choose(QStringLiteral("tiny-8"));
    click("remove");
    QTRY_VERIFY(!window_->models().entry(QStringLiteral("tiny-8")));
    QTRY_VERIFY(!panelModels().contains(QStringLiteral("Tiny")));
    QVERIFY(message().contains(QStringLiteral("in the trash")));
    QVERIFY(installed_models().empty());
    click("answer");
    QTRY_VERIFY(window_->models().entry(QStringLiteral("tiny-8")));
    QVERIFY(std::filesystem::exists(user_model_folder() / (name + ".md")));
    models_->choose(QStringLiteral("portraits-64"));
    QVERIFY2(!find<QPushButton>("remove")->isVisible(), "what comes with Lacuna stays");
}

void TestModelManager::devices()
{
    QTRY_VERIFY(find<QLabel>("only-processor")->isVisible());
    QVERIFY(!find<QComboBox>("device")->isVisible());
    open({{"cpu", "Processor"}, {"cuda:0", "CUDA device 0"}});
    QTRY_COMPARE(find<QComboBox>("device")->count(), 3);
    QVERIFY(!find<QLabel>("only-processor")->isVisible());
    QSignalSpy changed(&window_->models(), &ModelManager::deviceChanged);
    find<QComboBox>("device")->setFocus();
    QTest::keyClick(find<QComboBox>("device"), Qt::Key_End);
    QCOMPARE(changed.size(), 1);
    QCOMPARE(chosenDevice(), std::string("cuda:0"));
    window_->models().show({}, {{"cpu", "Processor"}}); // it was taken out
    QCOMPARE(chosenDevice(), std::string("auto"));
}

void TestModelManager::unloadFreesTheSession()
{
    window_->document().open(loadedWithHole(64));
    auto* combo = window_->parameters().findChild<QComboBox*>(QStringLiteral("model"));
    const auto generate = [&] {
        window_->run().start();
        return QTest::qWaitFor([&] { return !window_->run().running(); }, patience);
    };
    QTRY_VERIFY(combo->findData(QStringLiteral("portraits-64")) >= 0);
    combo->setCurrentIndex(combo->findData(QStringLiteral("portraits-64")));
    models_->choose(QStringLiteral("portraits-64"));
    QVERIFY(!find<QPushButton>("unload")->isVisible());
    QVERIFY(generate());
    QTRY_VERIFY(find<QPushButton>("unload")->isVisible());
    QVERIFY(text("model-state").contains(QStringLiteral("in memory")));
    const int before = sessions_;
    QVERIFY(generate());
    QCOMPARE(sessions_, before); // the network stays loaded
    click("unload");
    QTRY_VERIFY(!find<QPushButton>("unload")->isVisible());
    QVERIFY(generate());
    QTRY_COMPARE(sessions_, before + 1);
}

void TestModelManager::settingsAreKept()
{
    const std::filesystem::path file = path("settings/models.json").toStdString();
    ModelManager& manager = window_->models();
    manager.startSession(file);
    QTest::keyClick(find<QCheckBox>("offline"), Qt::Key_Space);
    auto* proxy = find<QLineEdit>("proxy");
    proxy->setFocus();
    QTest::keyClicks(proxy, QStringLiteral("nonsense"));
    QTest::keyClick(proxy, Qt::Key_Return);
    QVERIFY(message().contains(QStringLiteral("http://host:port")));
    QCOMPARE(manager.settings().proxy, QString());
    proxy->clear();
    QTest::keyClicks(proxy, QStringLiteral("http://proxy:3128"));
    QTest::keyClick(proxy, Qt::Key_Return);
    const ModelSettings wanted{true, QStringLiteral("http://proxy:3128"), QStringLiteral("auto")};
    QCOMPARE(manager.settings(), wanted);
    QTRY_COMPARE(readModelSettings(file), wanted);
    open();
    window_->models().startSession(file);
    QVERIFY(find<QCheckBox>("offline")->isChecked());
    QCOMPARE(find<QLineEdit>("proxy")->text(), QStringLiteral("http://proxy:3128"));
}

/// At least the parameters; more members and larger pictures take more.
void TestModelManager::memoryOfNetworks()
{
    for (const ModelPreset& preset : known_presets()) {
        const auto parameters =
            std::uint64_t(parameter_count(parameter_shapes(network_graph(preset.architecture))));
        const std::uint64_t one = evaluation_memory(preset.architecture, 1),
                            five = evaluation_memory(preset.architecture, 5);
        QVERIFY2(one > 4 * parameters, preset.id.c_str());
        QCOMPARE((five - 4 * parameters), 5 * (one - 4 * parameters));
    }
}

QTEST_MAIN(TestModelManager)
#include "tst_model_manager.moc"
