using Microsoft.Extensions.Options;
using NodaTime;
using Serverless.Banking.Customers;

namespace Serverless.Banking.Applications;

/// <param name="Id">Made by the client; sent again with every retry.</param>
public sealed record CardWish(CustomerId Customer, Guid Id, string CardType);

/// <summary>Starts an application for a credit card, or chooses another type for a draft (PROD-08).</summary>
public sealed class StartCard
{
    private readonly ApplicationTable table;
    private readonly ApplicationCourse course;
    private readonly FindContactDetails contacts;
    private readonly IOptionsMonitor<ApplicationsOptions> options;

    internal StartCard(ApplicationTable table, ApplicationCourse course, FindContactDetails contacts, IOptionsMonitor<ApplicationsOptions> options) =>
        (this.table, this.course, this.contacts, this.options) = (table, course, contacts, options);

    /// <returns>The draft: start its workflow. Or, first match: <see cref="InvalidInput"/> with <see cref="ValueNotListed"/>, <see cref="ApplicationExists"/> (the id is an overdraft's),
    /// <see cref="ApplicationNotDraft"/>, <see cref="NotAnIndividual"/>, <see cref="CardConditionsNotMet"/>, <see cref="ApplicationOpen"/>, <see cref="ApplicationExists"/> (the id is somebody
    /// else's: whoever could not start one anyway is not told), <see cref="ApplicationBusy"/>.</returns>
    public async Task<Result<ProductApplication>> RunAsync(CardWish wish, CancellationToken cancellation)
    {
        if (CardTypes.Find(wish.CardType) is null)
            return new InvalidInput([new ValueNotListed("/cardType")]);
        if (await table.FindAsync(wish.Id, cancellation) is { } known && known.It.Customer == wish.Customer)
            return await ChooseAsync(known, wish);
        var contact = await contacts.RunAsync(wish.Customer, cancellation);
        if (contact is { Segment: not CustomerSegment.Individual })
            return new NotAnIndividual();
        if (Unmet(contact).ToList() is { Count: > 0 } unmet)
            return new CardConditionsNotMet(unmet);
        var draft = course.Start(wish.Id, wish.Customer, ApplicationProduct.CreditCard) with { CardType = wish.CardType };
        var obstacle = await table.AddAsync(draft, cancellation);
        return obstacle is null ? draft : obstacle.Value.Same is { } same ? await ChooseAsync(same, wish) : obstacle.Value.Error!;
    }

    private async Task<Result<ProductApplication>> ChooseAsync(ApplicationRecord record, CardWish wish)
    {
        if (record.It.Product != ApplicationProduct.CreditCard)
            return new ApplicationExists();

        // Another type has other limits: the settings are chosen anew.
        return await course.EditAsync(
            record, it => it.CardType == wish.CardType ? it : it with { CardType = wish.CardType, Requested = null, Settings = null }, CancellationToken.None);
    }

    private IEnumerable<string> Unmet(ContactDetails? contact)
    {
        var person = PersonalNumber.Find(contact?.PersonalNumber);
        if (person is null)
            yield return "identity_document";
        if (person?.FindBirthDate() is not { } born || Period.Between(born, course.Now.InZone(BankTime.Tirane).Date, PeriodUnits.Years).Years < options.CurrentValue.CardMinimumAge)
            yield return "adult";
        if (PhoneNumber.Find(contact?.Phone) is null)
            yield return "mobile_number";
    }
}
