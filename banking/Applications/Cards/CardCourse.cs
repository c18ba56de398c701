using Microsoft.Extensions.Options;
using NodaTime;
using Serverless.Banking.Customers;
using Serverless.Banking.Identification;
using Serverless.Banking.Ledger;
using Serverless.Banking.Partners;
using Serverless.Banking.Storage;
using Serverless.Banking.Text;

namespace Serverless.Banking.Applications;

/// <summary>The way of an approved card: identified, signed, ordered, collected. What a partner says is asked of the partner: its webhooks only wake, so they may come twice, late or never.</summary>
internal sealed class CardCourse(
    ApplicationTable table, CardContract contract, Func<RefreshIdentification> refresh, FindIdentification sessions, QualifiedSignatureClient signer, CardOrdersClient processor,
    FindContactDetails contacts, IOptionsMonitor<ApplicationsOptions> options, TimeProvider time)
{
    /// <summary>A partner that did not answer is asked again so soon.</summary>
    public static readonly Duration Pause = Duration.FromMinutes(5);

    public const string SignatureDeclined = "signature_declined";

    private Instant Now => time.NowToTheMillisecond();

    /// <summary>Asks for a session whose end was not told; goes on once applicant and telephone are proven.</summary>
    public async Task<ApplicationRecord> IdentifyAsync(ApplicationRecord record, CancellationToken cancellation)
    {
        if (record.It.Card is { IdentifiedAt: null, Session: { } session, SessionUntil: { } until } && until <= Now && session == CardIdentifications.Present(record.It))
        {
            await refresh().RunAsync(session, cancellation);
            record = (await table.FindAsync(record.It.Id, cancellation))!;
        }

        return await table.ChangeAsync(
            record,
            it => it is { State: ApplicationState.WaitingForIdentification, Card: { IdentifiedAt: not null, PhoneProvenAt: not null } }
                ? it.At(ApplicationState.WaitingForSignature, Now, Now + Duration.FromDays(options.CurrentValue.SignatureDays))
                : null,
            cancellation);
    }

    /// <summary>Has the contract signed, believes the signature when its proof is good, and orders the card.</summary>
    public async Task<ApplicationRecord> SignAsync(ApplicationRecord record, CancellationToken cancellation)
    {
        if (record.It.Card.SignedAt is null)
            record = await SignatureAsync(record, cancellation);
        return record.It is { State: ApplicationState.WaitingForSignature, Card.SignedAt: not null } ? await OrderAsync(record, cancellation) : record;
    }

    /// <summary>Follows the card until it is in the customer's hand.</summary>
    public async Task<ApplicationRecord> FollowAsync(ApplicationRecord record, CancellationToken cancellation)
    {
        if (record.It.IsOver)
            return record;
        var answer = await processor.FindAsync(record.It.Id, cancellation);
        var (now, state) = (Now, answer is null ? null : StateOf(answer));
        return await table.ChangeAsync(
            record,
            it => it.Card.Order is not { } order || it.IsOver ? null
                : state > order.State ? it with { Card = it.Card with { Order = Next(order, state.Value, answer!.MaskedCard, now) } }
                : order.ReadyAt + Duration.FromDays(options.CurrentValue.CollectDays) <= now ? it with { Card = it.Card with { IsUncollected = true } }
                : null,
            cancellation);
    }

    /// <summary>What is told late, twice or out of order goes forward only.</summary>
    private static CardOrder Next(CardOrder order, CardOrderState state, string? maskedCard, Instant now) => order with
    {
        State = state,
        MaskedCard = maskedCard ?? order.MaskedCard,
        ReadyAt = order.ReadyAt ?? (state is CardOrderState.Ready or CardOrderState.Collected ? now : null),
        CollectedAt = state == CardOrderState.Collected ? now : null,
    };

    /// <summary>Nobody signs any more what is over.</summary>
    public Task LetGoAsync(ProductApplication it, CancellationToken cancellation) =>
        it.Card is { Signature: { } open, SignedAt: null } ? signer.CancelAsync(open.Id, cancellation) : Task.CompletedTask;

    private async Task<ApplicationRecord> SignatureAsync(ApplicationRecord record, CancellationToken cancellation)
    {
        var it = record.It;
        if (it.Card.Signature is null)
            return await OpenAsync(record, 1, cancellation);
        if (await signer.FindAsync(it.Card.Signature.Id, cancellation) is not { } found)
            return record;
        switch (found.Status)
        {
            case "signed":
                if (PersonalNumber.Find((await contacts.RunAsync(it.Customer, cancellation))?.PersonalNumber) is not { } person
                    || await signer.KeysAsync(cancellation) is not { } keys || !SignatureProof.IsGood(found.Proof, keys, it.Card.Signature.Id, it.Card.ContractHash!, person))
                {
                    // Not believed: asked again until the deadline.
                    return record;
                }

                await contract.KeepProofAsync(it, found.Proof!, cancellation);
                return await ChangeAsync(record, one => one with { Deadline = null, Card = one.Card with { SignedAt = Now } }, cancellation);
            case "declined":
                return await ChangeAsync(record, one => one.At(ApplicationState.Withdrawn, Now) with { EndedBy = SignatureDeclined }, cancellation);
            case "expired":
            case "cancelled":
                return await OpenAsync(record, it.Card.Signature.Attempt + 1, cancellation);
            default:
                return record;
        }
    }

    /// <summary>Whose the signature is stands in the table first, so that its webhook finds the application.</summary>
    private async Task<ApplicationRecord> OpenAsync(ApplicationRecord record, int attempt, CancellationToken cancellation)
    {
        var it = record.It;
        var id = StableGuid.Of("card signature", it.Id.ToString("N"), attempt.ToString(System.Globalization.CultureInfo.InvariantCulture));
        var contact = (await contacts.RunAsync(it.Customer, cancellation))!;
        if (PersonalNumber.Find(contact.PersonalNumber) is not { } person)
            return record;
        var (given, surname) = await NamesAsync(it, contact, cancellation);
        var (file, hash, _) = await contract.MakeAsync(it, cancellation);
        await table.NameSignatureAsync(id, it.Id, cancellation);
        if (await signer.OpenAsync(new SignatureOrder(id, file.Name, file.Content, hash, person, given, surname, contact.Language.Code()), cancellation) is not
            { SignUrl: { Length: > 0 } url, ExpiresAt: { } until })
        {
            return record;
        }

        return await ChangeAsync(
            record,
            one => one.Card.Signature?.Attempt >= attempt
                ? null
                : one with { Card = one.Card with { Signature = new CardSignature(id, attempt, url, Instant.FromUnixTimeMilliseconds(until.ToUnixTimeMilliseconds())) } },
            cancellation);
    }

    /// <summary>As the document had them; of who was identified at a branch, as the bank writes them.</summary>
    private async Task<(string Given, string Surname)> NamesAsync(ProductApplication it, ContactDetails contact, CancellationToken cancellation)
    {
        if (it.Card is { IdentifiedBy: null, Session: { } session } && (await sessions.RunAsync(session, cancellation))?.Result?.Person is { } person)
            return (person.GivenNames, person.Surname);
        var space = contact.Name.LastIndexOf(' ');
        return space > 0 ? (contact.Name[..space], contact.Name[(space + 1)..]) : (contact.Name, contact.Name);
    }

    /// <summary>The order's id is the application's, so that it is one card, whoever tries again.</summary>
    private async Task<ApplicationRecord> OrderAsync(ApplicationRecord record, CancellationToken cancellation)
    {
        var (it, settings) = (record.It, record.It.Settings!);
        var contact = (await contacts.RunAsync(it.Customer, cancellation))!;
        var (order, isRefused) = await processor.OrderAsync(
            new NewCardOrder(
                it.Id, it.CardType!, it.Customer, NameOnCard(contact.Name), it.Personal!.Branch!, it.Decision!.Limit!, settings.InternetShare,
                settings.StatementPeriod == StatementPeriod.BeginningOfMonth ? "beginning_of_month" : "end_of_month", settings.AutomaticPaymentShare),
            cancellation);
        if (isRefused)
            return await ChangeAsync(record, one => one.Card.IsOrderRefused ? null : one with { Card = one.Card with { IsOrderRefused = true } }, cancellation);
        return order is null
            ? record
            : await ChangeAsync(
                record,
                one => one.At(ApplicationState.Issued, Now) with
                {
                    Card = one.Card with { IsOrderRefused = false, Order = new CardOrder(CardOrderState.Ordered, order.MaskedCard, Now, null, null) },
                },
                cancellation);
    }

    private Task<ApplicationRecord> ChangeAsync(ApplicationRecord record, Func<ProductApplication, ProductApplication?> change, CancellationToken cancellation) =>
        table.ChangeAsync(record, it => it.State == ApplicationState.WaitingForSignature ? change(it) : null, cancellation);

    private static CardOrderState? StateOf(CardOrderAnswer answer) => answer.Status switch
    {
        "ordered" => CardOrderState.Ordered,
        "produced" => CardOrderState.Produced,
        "ready" => CardOrderState.Ready,
        "collected" => CardOrderState.Collected,
        "cancelled" => CardOrderState.Cancelled,
        _ => null,
    };

    /// <summary>ISO/IEC 7813: at most 26 characters, capital letters without marks.</summary>
    private static string NameOnCard(string name) =>
        string.Concat(name.Where(letter => !BasicLetters.IsMark(letter)).Select(BasicLetters.Of)).ToUpperInvariant() is { Length: > 26 } full ? full[..26].TrimEnd()
            : string.Concat(name.Where(letter => !BasicLetters.IsMark(letter)).Select(BasicLetters.Of)).ToUpperInvariant();
}
