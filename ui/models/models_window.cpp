// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/models_window.h"

#include <QCheckBox>
#include <QComboBox>
#include <QDesktopServices>
#include <QDir>
#include <QDragEnterEvent>
#include <QFileDialog>
#include <QFileInfo>
#include <QLineEdit>
#include <QMimeData>
#include <QPushButton>
#include <QScrollArea>
#include <QStackedWidget>
#include <QVBoxLayout>

#include "engine/core/atomic_file.h"
#include "engine/models/model_folder.h"
#include "ui/appearance/pieces.h"
#include "ui/background/background.h"
#include "ui/language/language.h"
#include "ui/messages/message_bar.h"
#include "ui/models/downloader/local_proxy.h"
#include "ui/models/import_page.h"
#include "ui/models/model_details.h"
#include "ui/models/model_list.h"

namespace lacuna::ui {
namespace {

constexpr QSize windowSize{940, 680};
constexpr int listWidth = 320;
constexpr std::uint64_t largestCard = 1 << 20;

QString checkpointFilter()
{
    return ModelsWindow::tr("Checkpoints (*.safetensors *.pt *.pth *.ckpt *.bin);;All files (*)");
}

QScrollArea* scrolling(QWidget* inside, QWidget* parent)
{
    auto* area = new QScrollArea(parent);
    area->setFrameShape(QFrame::NoFrame);
    area->setWidgetResizable(true);
    area->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    area->setFocusPolicy(Qt::NoFocus);
    area->setWidget(inside);
    inside->setAutoFillBackground(false);
    area->viewport()->setAutoFillBackground(false);
    return area;
}

QString localFile(const QMimeData* data)
{
    const QList<QUrl> urls = data->urls();
    return urls.size() == 1 && urls[0].isLocalFile() ? urls[0].toLocalFile() : QString();
}

} // namespace

ModelsWindow::ModelsWindow(ModelManager& manager, EngineLink& engine, QWidget* parent)
    : QDialog(parent),
      manager_(manager),
      engine_(engine),
      messages_(new MessageBar(this)),
      list_(new ModelList(this)),
      pages_(new QStackedWidget(this)),
      details_(new ModelDetails(nullptr)),
      import_(new ImportPage(nullptr)),
      importButton_(new QPushButton(tr("Import File…"), this)),
      folderButton_(new QPushButton(tr("Open Folder"), this))
{
    setObjectName(QStringLiteral("models-window"));
    setWindowTitle(tr("Models"));
    setModal(false);
    setAcceptDrops(true);
    resize(windowSize);
    messages_->setObjectName(QStringLiteral("models-messages"));
    list_->setFixedWidth(listWidth);
    importButton_->setObjectName(QStringLiteral("import-file"));
    importButton_->setToolTip(
        tr("Make a model of a checkpoint on this computer: safetensors, .pt, .pth or .ckpt"));
    importButton_->setAccessibleName(tr("Import a file"));
    folderButton_->setObjectName(QStringLiteral("open-folder"));
    folderButton_->setToolTip(tr("Show the folder of your models in the file manager"));
    folderButton_->setAccessibleName(tr("Open the folder of your models"));
    for (QPushButton* one : {importButton_, folderButton_})
        one->setAutoDefault(false);
    pages_->addWidget(scrolling(details_, pages_));
    pages_->addWidget(scrolling(import_, pages_));

    auto* side = new Ground(Ground::Shade::Surface, Qt::LeftEdge | Qt::TopEdge | Qt::BottomEdge, this);
    auto* inside = new QVBoxLayout(side);
    inside->setContentsMargins(1, 1, 0, 1);
    inside->addWidget(pages_);
    auto* left = new Ground(Ground::Shade::Surface, Qt::TopEdge | Qt::BottomEdge, this);
    auto* column = new QVBoxLayout(left);
    column->setContentsMargins(0, 1, 0, 1);
    column->setSpacing(0);
    column->addWidget(list_, 1);
    auto* foot = new Ground(Ground::Shade::Surface, Qt::TopEdge, left);
    auto* below = new QHBoxLayout(foot);
    below->setContentsMargins(2 * grid, 12, 2 * grid, 12);
    below->setSpacing(grid);
    below->addWidget(importButton_);
    below->addWidget(folderButton_);
    below->addStretch(1);
    column->addWidget(foot);
    auto* both = new QHBoxLayout;
    both->setSpacing(0);
    both->addWidget(left);
    both->addWidget(side, 1);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins({});
    layout->setSpacing(0);
    layout->addWidget(messages_);
    layout->addLayout(both, 1);
    layout->addWidget(makeSettings());

    connect(list_, &ModelList::chosenChanged, this, [this] {
        pages_->setCurrentIndex(0);
        showDetails();
    });
    connect(importButton_, &QPushButton::clicked, this, [this] { havingFile({}); });
    connect(folderButton_, &QPushButton::clicked, this, &ModelsWindow::openFolder);
    connectManager();
    connectDetails();
    showSettings();
    showList();
}

QWidget* ModelsWindow::makeSettings()
{
    auto* strip = new QWidget(this);
    auto* row = new QHBoxLayout(strip);
    row->setContentsMargins(2 * grid, 12, 2 * grid, 12);
    row->setSpacing(grid);
    device_ = new QComboBox(strip);
    device_->setObjectName(QStringLiteral("device"));
    device_->setToolTip(tr("What networks run on; a loaded one is loaded again at the next run"));
    deviceLabel_ = fieldLabel(tr("&Run networks on"), device_);
    onlyProcessor_ = makeLabel(tr("Networks run on the processor: no other device is there."),
                               TextRole::Small, true, strip);
    onlyProcessor_->setObjectName(QStringLiteral("only-processor"));
    offline_ = new QCheckBox(tr("Work &offline"), strip);
    offline_->setObjectName(QStringLiteral("offline"));
    offline_->setAccessibleName(tr("Work offline"));
    offline_->setToolTip(
        tr("Nothing is fetched, whatever is pressed. Lacuna never uses the network by itself."));
    proxy_ = new QLineEdit(strip);
    proxy_->setObjectName(QStringLiteral("proxy"));
    proxy_->setPlaceholderText(tr("that of the system"));
    proxy_->setToolTip(tr("http://host:port or socks5://host:port; empty: what the system says"));
    proxy_->setFixedWidth(220);
    QLabel* proxyLabel = fieldLabel(tr("&Proxy"), proxy_);
    for (QWidget* one : std::initializer_list<QWidget*>{deviceLabel_, device_, onlyProcessor_})
        row->addWidget(one);
    row->addStretch(1);
    for (QWidget* one : std::initializer_list<QWidget*>{offline_, proxyLabel, proxy_})
        row->addWidget(one);
    row->insertSpacing(row->indexOf(proxyLabel), 2 * grid);

    connect(offline_, &QCheckBox::toggled, this, [this](bool offline) {
        ModelSettings settings = manager_.settings();
        settings.offline = offline;
        manager_.setSettings(settings);
    });
    connect(proxy_, &QLineEdit::editingFinished, this, &ModelsWindow::storeProxy);
    connect(device_, &QComboBox::activated, this, [this] {
        ModelSettings settings = manager_.settings();
        settings.device = device_->currentData().toString();
        manager_.setSettings(settings);
    });
    return strip;
}

void ModelsWindow::storeProxy()
{
    ModelSettings settings = manager_.settings();
    if (const QString why = LocalProxy::refusal(proxy_->text()); !why.isEmpty())
        return messages_->show(MessageBar::Kind::Problem, why);
    settings.proxy = proxy_->text().trimmed();
    manager_.setSettings(settings);
}

void ModelsWindow::connectManager()
{
    connect(&manager_, &ModelManager::changed, this, &ModelsWindow::showList);
    connect(&manager_, &ModelManager::settingsChanged, this, &ModelsWindow::showSettings);
    connect(&manager_, &ModelManager::entryChanged, this, [this](const QString& id) {
        if (const ModelEntry* entry = manager_.entry(id))
            list_->update(*entry);
        if (id == list_->chosen())
            showDetails();
    });
    connect(&manager_, &ModelManager::problem, this,
            [this](const QString& message) { messages_->show(MessageBar::Kind::Problem, message); });
    connect(&manager_, &ModelManager::removed, this, [this](const QString& name) {
        messages_->ask(tr("%1 is in the trash.").arg(name), tr("Undo"), [this] { manager_.undoRemove(); });
    });
    connect(&manager_, &ModelManager::imported, this, [this](const QString&, const QString& name) {
        pages_->setCurrentIndex(0);
        messages_->show(MessageBar::Kind::Note, tr("%1 is ready.").arg(name));
    });
    connect(&manager_, &ModelManager::inspected, import_, &ImportPage::showReport);
    connect(&manager_, &ModelManager::workProgressed, import_, &ImportPage::showProgress);
    connect(&manager_, &ModelManager::importFailed, import_, &ImportPage::showFailure);
    connect(import_, &ImportPage::importPressed, &manager_, &ModelManager::import);
    connect(import_, &ImportPage::backPressed, this, [this] {
        manager_.stopWork();
        pages_->setCurrentIndex(0);
        list_->setFocus();
    });
}

void ModelsWindow::connectDetails()
{
    connect(details_, &ModelDetails::downloadPressed, &manager_, &ModelManager::download);
    connect(details_, &ModelDetails::pausePressed, &manager_, &ModelManager::pause);
    connect(details_, &ModelDetails::discardPressed, this, [this](const QString& id) {
        manager_.stopImport(id);
        manager_.discard(id);
    });
    connect(details_, &ModelDetails::removePressed, &manager_, &ModelManager::remove);
    connect(details_, &ModelDetails::filePressed, this, &ModelsWindow::havingFile);
    connect(details_, &ModelDetails::pagePressed, this,
            [](const QUrl& page) { QDesktopServices::openUrl(page); });
    connect(details_, &ModelDetails::unloadPressed, &engine_, &EngineLink::unload);
    connect(&engine_, &EngineLink::loadedChanged, this, &ModelsWindow::showDetails);
    connect(&engine_, &EngineLink::finished, this, &ModelsWindow::showDetails);
}

void ModelsWindow::showList()
{
    list_->show(manager_.entries());
    showDevices();
}

void ModelsWindow::choose(const QString& id)
{
    list_->choose(id);
}

void ModelsWindow::showDetails()
{
    const ModelEntry* entry = manager_.entry(list_->chosen());
    details_->setVisible(entry);
    if (!entry)
        return;
    if (entry->state == ModelEntry::State::NotHere)
        details_->setFreeBytes(manager_.freeBytes());
    details_->show(*entry, engine_.loadedModel() == entry->id, engine_.running());
    showCard(QString::fromStdString(entry->info.card));
}

/// The text of the card is read in the background; a newer choice wins.
void ModelsWindow::showCard(const QString& file)
{
    if (file == card_)
        return;
    card_ = file;
    details_->showCard({});
    if (file.isEmpty())
        return;
    inBackground(
        this,
        [path = std::filesystem::path(file.toStdU16String())] {
            const auto bytes = read_file(path, largestCard);
            return QString::fromUtf8(reinterpret_cast<const char*>(bytes.data()), qsizetype(bytes.size()));
        },
        [this, file](const Attempt<QString>& text) {
            if (file == card_ && std::holds_alternative<QString>(text))
                details_->showCard(std::get<QString>(text));
        });
}

void ModelsWindow::showSettings()
{
    const ModelSettings& settings = manager_.settings();
    const QSignalBlocker quiet(offline_);
    offline_->setChecked(settings.offline);
    if (!proxy_->hasFocus())
        proxy_->setText(settings.proxy);
    showDevices();
}

void ModelsWindow::showDevices()
{
    const QSignalBlocker quiet(device_);
    device_->clear();
    device_->addItem(tr("the fastest"), QStringLiteral("auto"));
    for (const DeviceInfo& device : manager_.devices())
        device_->addItem(fromEngine(device.name), QString::fromStdString(device.id));
    device_->setCurrentIndex(std::max(0, device_->findData(manager_.settings().device)));
    const bool choice = manager_.devices().size() > 1;
    device_->setVisible(choice);
    deviceLabel_->setVisible(choice);
    onlyProcessor_->setVisible(!choice);
}

/// A file where it belongs is taken, else a person is asked for it.
void ModelsWindow::havingFile(const QString& id)
{
    const ModelEntry* entry = manager_.entry(id);
    QString file, preset;
    if (entry && entry->preset) {
        preset = QString::fromStdString(entry->preset->id);
        file = QString::fromStdU16String((downloadFolder() / entry->preset->file).u16string());
    }
    if (file.isEmpty() || !QFileInfo::exists(file))
        file = QFileDialog::getOpenFileName(this, tr("Import a Checkpoint"), {}, checkpointFilter());
    if (!file.isEmpty())
        importFile(file, preset);
}

void ModelsWindow::importFile(const QString& file, const QString& preset)
{
    messages_->dismiss();
    import_->showReading(file);
    pages_->setCurrentIndex(1);
    manager_.inspect(file, preset);
}

void ModelsWindow::openFolder()
{
    const QString folder = QString::fromStdU16String(user_model_folder().u16string());
    if (!QDir().mkpath(folder) || !QDesktopServices::openUrl(QUrl::fromLocalFile(folder)))
        messages_->show(MessageBar::Kind::Note,
                        tr("Your models are in %1.").arg(QDir::toNativeSeparators(folder)));
}

void ModelsWindow::dragEnterEvent(QDragEnterEvent* event)
{
    if (!localFile(event->mimeData()).isEmpty())
        event->acceptProposedAction();
}

void ModelsWindow::dropEvent(QDropEvent* event)
{
    event->acceptProposedAction();
    importFile(localFile(event->mimeData()));
}

void ModelsWindow::showEvent(QShowEvent* event)
{
    QDialog::showEvent(event);
    list_->setFocus();
}

} // namespace lacuna::ui
