using Serverless.Banking.CustomerApprovals;
using Serverless.Banking.Customers;
using Serverless.Banking.Documents;
using Serverless.Banking.Messages;
using Serverless.Banking.Notifications;

namespace Serverless.Banking.Applications;

/// <summary>The document with a lower limit, among the customer's approvals (PROD-14).</summary>
internal sealed class LimitOffer(Func<PlaceDocument> place, PdfReports reports, FindContactDetails contacts)
{
    /// <summary>Of the process that waits.</summary>
    public const string Process = "limit_offer";

    /// <returns>How it stands among the approvals: an answer that was given there counts, whatever has become of the message about it.</returns>
    public async Task<ApprovalState> PlaceAsync(ProductApplication it, CancellationToken cancellation)
    {
        var contact = await contacts.RunAsync(it.Customer, cancellation);
        var language = contact?.Language ?? default;
        var title = language.Say("Limit më i ulët", "Lower limit");

        var placed = await place().RunAsync(
            new DocumentToPlace(it.Customer, Process, it.Id.ToString("N"), title, Write(it, contact?.Name ?? it.Customer.Value, language), it.Deadline), cancellation);
        return placed.Match(approval => approval.State, error => error is AlreadyDecided decided ? decided.Decided : ApprovalState.Expired);
    }

    private DocumentFile Write(ProductApplication it, string name, Language language)
    {
        var offeredAt = it.Timeline.Last(step => step.State == ApplicationState.LowerLimitOffered).At;
        var report = reports.Begin(language.Say("Ofertë për limit", "Offer of a limit"), it.Id.ToString("D"), offeredAt, language);
        report.Facts(
        [
            (language.Say("Klienti", "Customer"), $"{name} · {it.Customer.Value}"),
            (language.Say("Produkti", "Product"), it.Product.Words(language)),
            (language.Say("Limiti i kërkuar", "Requested limit"), Words.Amount(it.Requested!)),
            (language.Say("Limiti i miratuar", "Approved limit"), Words.Amount(it.Decision!.Limit!)),
            (language.Say("Vlen deri më", "Valid until"), Words.Date(it.Deadline!.Value.InZone(BankTime.Tirane).Date)),
        ]);
        report.Paragraph(language.Say(
            "Banka ka miratuar një limit më të ulët se ai që kërkuat. Me miratimin tuaj aplikimi vazhdon me limitin e miratuar; me refuzimin ose pa përgjigje deri në datën e mësipërme aplikimi përfundon.",
            "The bank has approved a lower limit than you asked for. If you approve, the application goes on with the approved limit; if you reject, or do not answer by the date above, it ends."));
        return new DocumentFile($"LO-{it.Id:N}.pdf", DocumentFile.Pdf, report.ToBytes());
    }
}

/// <summary>The customer's answer to a lower limit.</summary>
internal sealed class LimitAnswer(ApplicationTable table, Func<ApplicationCourse> course, IWorkMessages messages) : IApprovalProcess
{
    public string Kind => LimitOffer.Process;

    /// <summary>Only written here: the workflow carries it on. Lost, the message is made up for by the workflow's own look.</summary>
    public async Task ResumeAsync(Approval approval, CancellationToken cancellation)
    {
        if (await table.FindAsync(Guid.ParseExact(approval.Document!.ProcessId, "N"), cancellation) is not { } record || record.It.Customer != approval.Customer)
            return;
        await table.ChangeAsync(record, it => course().Answer(it, approval.State), cancellation);
        await messages.SendAsync(WorkQueues.Applications, [new ApplicationDue(record.It.Id)], cancellation);
    }
}

/// <summary>The message that wakes an application's workflow.</summary>
public sealed record ApplicationDue(Guid Application);
