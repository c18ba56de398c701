namespace Serverless.Banking.Applications;

/// <param name="Id">Made by the client; sent again with every retry.</param>
/// <param name="Limit">One of the suggested ones.</param>
public sealed record OverdraftWish(CustomerId Customer, Guid Id, Money Limit);

/// <summary>Starts an application for an overdraft on the salary account with the limit that was chosen, or chooses another one for a draft (PROD-24).</summary>
public sealed class StartOverdraft
{
    private readonly ApplicationTable table;
    private readonly ApplicationCourse course;
    private readonly FindOverdraftOffer offers;

    internal StartOverdraft(ApplicationTable table, ApplicationCourse course, FindOverdraftOffer offers) => (this.table, this.course, this.offers) = (table, course, offers);

    /// <returns>The draft: start its workflow. Or, first match: <see cref="ApplicationExists"/> (the id is a card's), <see cref="ApplicationNotDraft"/>, <see cref="NotAnIndividual"/>,
    /// <see cref="NoSalaryAtBank"/>, <see cref="LimitNotSuggested"/>, <see cref="ApplicationOpen"/>, <see cref="ApplicationExists"/> (the id is somebody else's: whoever could not start one
    /// anyway is not told), <see cref="ApplicationBusy"/>.</returns>
    public async Task<Result<ProductApplication>> RunAsync(OverdraftWish wish, CancellationToken cancellation)
    {
        if (await table.FindAsync(wish.Id, cancellation) is { } known && known.It.Customer == wish.Customer)
            return await ChooseAsync(known, wish, cancellation);
        var checkedOffer = await CheckAsync(wish, cancellation);
        if (!checkedOffer.IsSuccess)
            return checkedOffer.Error;
        var draft = course.Start(wish.Id, wish.Customer, ApplicationProduct.Overdraft) with { Account = checkedOffer.Value.Salary!.Account.Id, Requested = wish.Limit };
        var obstacle = await table.AddAsync(draft, cancellation);
        return obstacle is null ? draft : obstacle.Value.Same is { } same ? await ChooseAsync(same, wish, cancellation) : obstacle.Value.Error!;
    }

    private async Task<Result<ProductApplication>> ChooseAsync(ApplicationRecord record, OverdraftWish wish, CancellationToken cancellation)
    {
        if (record.It.Product != ApplicationProduct.Overdraft)
            return new ApplicationExists();
        if (record.It.SeenAt(course.Now) is { State: not ApplicationState.Draft } gone)
            return new ApplicationNotDraft(gone.State);
        if (record.It.Requested == wish.Limit)
            return record.It;
        var offer = await CheckAsync(wish, cancellation);
        if (!offer.IsSuccess)
            return offer.Error;
        return await course.EditAsync(record, it => it with { Account = offer.Value.Salary!.Account.Id, Requested = wish.Limit }, CancellationToken.None);
    }

    private async Task<Result<OverdraftOffer>> CheckAsync(OverdraftWish wish, CancellationToken cancellation) =>
        (await offers.RequireAsync(wish.Customer, cancellation)).Then<OverdraftOffer>(offer =>
            offer.Suggested.Contains(wish.Limit) ? offer : new LimitNotSuggested([.. offer.Suggested.Select(Notifications.Words.Amount)]));
}
