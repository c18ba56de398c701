using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.Extensions.Options;
using NodaTime;
using Serverless.Banking.Customers;
using Serverless.Banking.Partners;
using Serverless.Banking.Storage;

namespace Serverless.Banking.Insurance;

/// <summary>Asks all insurers of a kind at once what they offer for what a customer has entered (PAY-16).</summary>
public sealed class FindInsuranceOffers
{
    /// <summary>Of one insurer; more are not shown.</summary>
    private const int OffersAtMost = 10;

    /// <summary>An offer can be confirmed a quote's life after it was chosen.</summary>
    private static readonly Duration KeptLonger = Duration.FromHours(1);

    private readonly InsuranceLists lists;
    private readonly InsurerClient insurers;
    private readonly OfferTable table;
    private readonly FindContactDetails contacts;
    private readonly IOptions<InsuranceOptions> options;
    private readonly TimeProvider time;

    internal FindInsuranceOffers(
        InsuranceLists lists, InsurerClient insurers, OfferTable table, FindContactDetails contacts, IOptions<InsuranceOptions> options, TimeProvider time) =>
        (this.lists, this.insurers, this.table, this.contacts, this.options, this.time) = (lists, insurers, table, contacts, options, time);

    /// <summary>What is wrong with a form besides its types; empty when nothing is.</summary>
    /// <param name="member">Of the body, that the form is.</param>
    public IReadOnlyList<Invalid> FindFaults(InsuranceQuestions questions, string member)
    {
        var check = new FormCheck(member, Now.InZone(BankTime.Tirane).Date, lists);
        questions.Check(check);
        return check.Faults;
    }

    /// <param name="questions">Without faults.</param>
    /// <returns>The offers, at least one: an insurer that does not answer hides nobody else's. Or, first match: <see cref="PersonalNumberNotOnFile"/>,
    /// <see cref="InsuranceInputRejected"/> (nobody offers, and somebody says why), <see cref="InsurersUnavailable"/>, <see cref="NoInsuranceOffers"/>.</returns>
    public async Task<Result<InsuranceOffers>> RunAsync(CustomerId customer, InsuranceQuestions questions, CancellationToken cancellation)
    {
        var filled = questions.Fill(questions is HealthQuestions ? await contacts.RunAsync(customer, cancellation) : null);
        if (!filled.IsSuccess)
            return filled.Error;

        var kind = questions.Kind;
        var form = Form.Of(filled.Value);
        var answers = await Task.WhenAll(lists.Insurers.Where(insurer => insurer.Kinds.Contains(kind)).Select(async insurer =>
            (Insurer: insurer, Answer: await insurers.AskAsync(insurer.Id, Form.CodeOf(kind), form, cancellation))));

        var now = Now;
        InsuranceOffer[] offers =
        [
            .. from it in answers
               where it.Answer is not null
               from offer in it.Answer.Offers.Take(OffersAtMost)
               let until = offer.ValidUntil ?? now + Duration.FromTimeSpan(options.Value.OfferLifetime)
               where until > now
               orderby offer.Premium.Minor, it.Insurer.Id, offer.Id
               select new InsuranceOffer(
                   new Guid(RandomNumberGenerator.GetBytes(16)), customer, kind, it.Insurer.Id, offer.Id, offer.Premium, offer.Summary, offer.Details, until, offer.Chassis, filled.Value),
        ];
        InsurerRejection[] rejections =
        [
            .. from it in answers
               let rejection = it.Answer?.Rejection
               where rejection is not null
               select new InsurerRejection(it.Insurer.Name, rejection.Code, rejection.Message, rejection.Fields),
        ];
        string[] silent = [.. answers.Where(it => it.Answer is null).Select(it => it.Insurer.Name)];
        if (offers.Length == 0)
        {
            return rejections.Length > 0 ? new InsuranceInputRejected(rejections)
                : silent.Length == answers.Length ? new InsurersUnavailable()
                : new NoInsuranceOffers();
        }

        await table.AddAsync(customer, offers, offers.Max(offer => offer.ValidUntil) + KeptLonger, cancellation);
        return new InsuranceOffers(offers, rejections, silent);
    }

    private Instant Now => Instant.FromDateTimeOffset(time.GetUtcNow());
}

/// <summary>Forms as insurers read them: camelCase, codes in snake_case, ISO dates.</summary>
internal static class Form
{
    public static JsonElement Of(object form) => JsonSerializer.SerializeToElement(form, form.GetType(), StoredJson.Options);

    public static string CodeOf(InsuranceKind kind) => JsonNamingPolicy.SnakeCaseLower.ConvertName(kind.ToString());
}
