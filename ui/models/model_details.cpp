// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/model_details.h"

#include <QCheckBox>
#include <QDir>
#include <QGridLayout>
#include <QProgressBar>
#include <QPushButton>
#include <QTextBrowser>
#include <QVBoxLayout>

#include "engine/models/model_folder.h"
#include "ui/appearance/pieces.h"

namespace lacuna::ui {
namespace {

using Group = ModelEntry::Group;
using State = ModelEntry::State;

QLabel* wrapped(TextRole role, bool soft, QWidget* parent)
{
    QLabel* label = makeLabel({}, role, soft, parent);
    label->setWordWrap(true);
    label->setTextInteractionFlags(Qt::TextSelectableByMouse);
    label->setFocusPolicy(Qt::NoFocus);
    return label;
}

QString folderText(const std::filesystem::path& folder)
{
    return QDir::toNativeSeparators(QString::fromStdU16String(folder.u16string()));
}

} // namespace

ModelDetails::ModelDetails(QWidget* parent) // created in the order of the Tab key
    : QWidget(parent),
      name_(wrapped(TextRole::Heading, false, this)),
      state_(wrapped(TextRole::Body, true, this)),
      description_(wrapped(TextRole::Body, false, this)),
      problem_(wrapped(TextRole::Body, false, this)),
      place_(wrapped(TextRole::Body, false, this)),
      bar_(new QProgressBar(this)),
      facts_(new QGridLayout),
      card_(new QTextBrowser(this))
{
    download_ =
        button(QStringLiteral("download"), tr("Download…"), tr("Show the licence, then fetch the file"));
    pause_ = button(QStringLiteral("pause"), tr("Pause"), tr("Stop for now and keep what has come"));
    file_ =
        button(QStringLiteral("have-file"), tr("I have the file…"), tr("Choose the file on this computer"));
    page_ = button(QStringLiteral("page"), tr("Open its page"),
                   tr("Show where it was published, in the web browser"));
    discard_ = button(QStringLiteral("discard"), tr("Discard"), tr("Remove what has come so far"));
    unload_ = button(QStringLiteral("unload"), tr("Unload"), tr("Free the memory that the network takes"));
    remove_ =
        button(QStringLiteral("remove"), tr("Remove"), tr("Move the model to the trash; it can be undone"));
    download_->setProperty("primary", true);
    makeLicenceBox();
    name_->setObjectName(QStringLiteral("model-name"));
    state_->setObjectName(QStringLiteral("model-state"));
    problem_->setObjectName(QStringLiteral("model-problem"));
    place_->setObjectName(QStringLiteral("place-yourself"));
    bar_->setAccessibleName(tr("Progress of the model"));
    bar_->setTextVisible(false);
    bar_->setFixedHeight(6);
    bar_->setRange(0, 1000);
    card_->setObjectName(QStringLiteral("model-card"));
    card_->setAccessibleName(tr("About this model"));
    card_->setFrameShape(QFrame::NoFrame);
    card_->setOpenLinks(false);
    card_->setTabChangesFocus(true);
    card_->hide();

    auto* buttons = new QHBoxLayout;
    for (QPushButton* one : {download_, pause_, file_, page_, discard_, unload_, remove_})
        buttons->addWidget(one);
    buttons->addStretch(1);
    facts_->setHorizontalSpacing(3 * grid);
    facts_->setVerticalSpacing(4);
    facts_->setColumnStretch(1, 1);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(3 * grid, 3 * grid, 3 * grid, 2 * grid);
    layout->setSpacing(12);
    layout->addWidget(name_);
    layout->addWidget(description_);
    layout->addWidget(state_);
    layout->addWidget(bar_);
    layout->addWidget(problem_);
    layout->addWidget(place_);
    layout->addLayout(buttons);
    layout->addWidget(licenceBox_);
    layout->addLayout(facts_);
    layout->addWidget(card_, 1);
    layout->addStretch(0);

    connect(download_, &QPushButton::clicked, this,
            [this] { entry_.state == State::Partly ? Q_EMIT downloadPressed(entry_.id) : askLicence(); });
    connect(pause_, &QPushButton::clicked, this, [this] { Q_EMIT pausePressed(entry_.id); });
    connect(discard_, &QPushButton::clicked, this, [this] { Q_EMIT discardPressed(entry_.id); });
    connect(file_, &QPushButton::clicked, this, [this] { Q_EMIT filePressed(entry_.id); });
    connect(page_, &QPushButton::clicked, this,
            [this] { Q_EMIT pagePressed(QUrl(QString::fromStdString(entry_.preset->page))); });
    connect(unload_, &QPushButton::clicked, this, &ModelDetails::unloadPressed);
    connect(remove_, &QPushButton::clicked, this, [this] { Q_EMIT removePressed(entry_.id); });
}

QPushButton* ModelDetails::button(const QString& name, const QString& text, const QString& tip)
{
    auto* made = new QPushButton(text, this);
    made->setObjectName(name);
    made->setToolTip(tip);
    made->setAccessibleName(QString(text).remove(u'…'));
    made->setAutoDefault(false);
    return made;
}

void ModelDetails::makeLicenceBox()
{
    licenceBox_ = new QWidget(this);
    licenceBox_->setObjectName(QStringLiteral("licence-box"));
    auto* layout = new QVBoxLayout(licenceBox_);
    layout->setContentsMargins({});
    layout->addWidget(makeLabel(tr("Licence of these weights"), TextRole::Heading, false, licenceBox_));
    licence_ = wrapped(TextRole::Body, false, licenceBox_);
    licence_->setObjectName(QStringLiteral("licence"));
    cost_ = wrapped(TextRole::Small, true, licenceBox_);
    cost_->setObjectName(QStringLiteral("download-cost"));
    accept_ = new QCheckBox(tr("I have read this and accept it"), licenceBox_);
    accept_->setObjectName(QStringLiteral("accept"));
    accept_->setAccessibleName(accept_->text());
    begin_ = button(QStringLiteral("begin-download"), tr("Download"), tr("Fetch the file now"));
    begin_->setProperty("primary", true);
    notNow_ = button(QStringLiteral("not-now"), tr("Not now"), tr("Leave it where it is"));
    layout->addWidget(licence_);
    layout->addWidget(cost_);
    layout->addWidget(accept_);
    auto* row = new QHBoxLayout;
    row->addWidget(begin_);
    row->addWidget(notNow_);
    row->addStretch(1);
    layout->addLayout(row);
    licenceBox_->hide();
    connect(accept_, &QCheckBox::toggled, begin_, &QWidget::setEnabled);
    connect(begin_, &QPushButton::clicked, this, [this] {
        licenceBox_->hide();
        showFacts();
        Q_EMIT downloadPressed(entry_.id);
    });
    connect(notNow_, &QPushButton::clicked, this, [this] {
        licenceBox_->hide();
        showFacts();
        download_->show();
        download_->setFocus();
    });
}

void ModelDetails::askLicence()
{
    const std::uint64_t needed = 2 * entry_.preset->bytes.value_or(0);
    licence_->setText(QString::fromStdString(entry_.preset->licence));
    cost_->setText(tr("%1 come from %2. While they are converted %3 of the disk are needed; %4 are free.")
                       .arg(sizeOf(entry_), QUrl(QString::fromStdString(entry_.preset->download)).host(),
                            sizeText(needed), sizeText(free_)));
    accept_->setChecked(false);
    begin_->setEnabled(false);
    begin_->setText(tr("Download %1").arg(sizeOf(entry_)));
    download_->hide();
    licenceBox_->show();
    showFacts();
    accept_->setFocus();
}

void ModelDetails::show(const ModelEntry& entry, bool loaded, bool running)
{
    const bool wasAsked = !licenceBox_->isHidden();
    const bool other = entry.id != entry_.id || (wasAsked && entry.state != State::NotHere);
    entry_ = entry;
    if (other)
        licenceBox_->hide();
    name_->setText(entry.name());
    description_->setText(QString::fromStdString(entry.info.description));
    state_->setText(loaded ? tr("%1. Its network is in memory.").arg(stateText(entry)) : stateText(entry));
    problem_->setText(entry.problem);
    problem_->setVisible(!entry.problem.isEmpty());
    QPalette palette = problem_->palette();
    palette.setColor(QPalette::WindowText, theme().problem);
    problem_->setPalette(palette);

    const bool moving = entry.state == State::Downloading || entry.state == State::Partly;
    bar_->setVisible(moving || entry.state == State::Importing);
    bar_->setValue(moving && entry.progress.total > 0
                       ? int(1000.0 * double(entry.progress.done) / double(entry.progress.total))
                       : entry.permille);
    bar_->setAccessibleDescription(stateText(entry));
    place_->setVisible(entry.group == Group::PlaceYourself);
    if (entry.preset)
        place_->setText(
            tr("Lacuna does not fetch this one: no SHA-256 of it was published that a download could be "
               "checked with. Get %1 from its page, then choose it here or put it into %2. Lacuna shows "
               "the SHA-256 of your file and checks that its network fits.")
                .arg(QString::fromStdString(entry.preset->file), folderText(downloadFolder())));
    showButtons(loaded, running);
    if (other || facts_->count() == 0)
        showFacts();
}

void ModelDetails::showButtons(bool loaded, bool running)
{
    const bool published = entry_.preset.has_value();
    const bool idle = entry_.state == State::NotHere || entry_.state == State::Partly;
    download_->setText(entry_.state == State::Partly ? tr("Resume") : tr("Download…"));
    download_->setAccessibleName(QString(download_->text()).remove(u'…'));
    download_->setVisible(entry_.group == Group::Download && idle && licenceBox_->isHidden());
    pause_->setVisible(entry_.state == State::Downloading);
    discard_->setVisible(entry_.state == State::Downloading || entry_.state == State::Partly
                         || entry_.state == State::Importing);
    discard_->setText(entry_.state == State::Partly ? tr("Discard") : tr("Cancel"));
    discard_->setAccessibleName(discard_->text());
    file_->setVisible(published && idle);
    page_->setVisible(published && !entry_.preset->page.empty());
    unload_->setVisible(loaded);
    unload_->setEnabled(!running);
    unload_->setToolTip(running ? tr("A run needs it at the moment")
                                : tr("Free the memory that the network takes"));
    remove_->setVisible(entry_.removable());
}

void ModelDetails::addFact(const QString& title, const QString& value)
{
    if (value.isEmpty())
        return;
    const int row = facts_->rowCount();
    facts_->addWidget(makeLabel(title, TextRole::Small, true, this), row, 0, Qt::AlignTop | Qt::AlignLeft);
    QLabel* text = wrapped(TextRole::Small, false, this);
    text->setText(value);
    text->setAccessibleName(title);
    facts_->addWidget(text, row, 1);
}

void ModelDetails::showFacts()
{
    while (QLayoutItem* item = facts_->takeAt(0)) {
        delete item->widget();
        delete item;
    }
    const ModelInfo& info = entry_.info;
    addFact(tr("Pictures"), info.native_size > 0 ? tr("%1 × %1 pixels").arg(info.native_size) : tr("any"));
    addFact(tr("File"), sizeOf(entry_));
    addFact(tr("Memory"),
            info.memory > 0 ? tr("about %1 for a set of five").arg(sizeText(info.memory)) : QString());
    if (licenceBox_->isHidden())
        addFact(tr("Licence"), QString::fromStdString(info.licence));
    if (entry_.preset) {
        addFact(tr("Published as"), QString::fromStdString(entry_.preset->file));
        addFact(tr("SHA-256"),
                entry_.preset->sha256 ? QString::fromStdString(*entry_.preset->sha256) : tr("not published"));
    }
    addFact(tr("Place"), QDir::toNativeSeparators(QString::fromStdString(info.file)));
}

void ModelDetails::showCard(const QString& markdown)
{
    card_->setMarkdown(markdown);
    card_->setVisible(!markdown.isEmpty());
}

} // namespace lacuna::ui
