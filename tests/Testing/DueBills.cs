using Microsoft.Extensions.DependencyInjection;
using NodaTime;
using Serverless.Banking;
using Serverless.Banking.Bills;
using Serverless.Banking.Ledger;

namespace Serverless.Testing;

/// <summary>Authorisations that have fallen due, by the hundred thousand.</summary>
internal static class DueBills
{
    /// <summary>Written as their creation leaves them, by the table's own class; what a creation reads and asks before it writes is left out.</summary>
    /// <param name="day">Their payment day, which has come.</param>
    public static async Task AuthoriseAsync(
        this IServiceProvider bank, CustomerId customer, AccountId from, IEnumerable<(string Company, string ClientCode)> accounts, LocalDate day)
    {
        var table = bank.GetRequiredService<AuthorisationTable>();
        foreach (var (company, code) in accounts)
        {
            var key = IdempotencyKey.Of($"due-{company}-{code}");
            var id = AuthorisationId.Of(customer, key);
            var terms = new AuthorisationTerms(PaymentType.Automatic, Maximum: null, from, day.Day, EndsOn: null, EmailNotice: false);
            var it = new Authorisation(
                id, id.Number, customer, new ClientAccount(new CompanyId(company), code), terms, day.PlusMonths(-1), CancelledOn: null, Closures: [], CollectionRun.OnPaymentDay(day));
            if (!await table.AddAsync(it, key, "due", CancellationToken.None))
                throw new InvalidOperationException($"{code} has an authorisation already.");
        }
    }
}
