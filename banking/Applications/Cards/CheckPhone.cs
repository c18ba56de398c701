using NodaTime.Text;
using Serverless.Banking.Credentials;
using Serverless.Banking.Customers;

namespace Serverless.Banking.Applications;

/// <summary>Proves that the applicant has the telephone on file: the number is entered, a code goes to it, and comes back (PROD-19).</summary>
public sealed class CheckPhone
{
    private readonly ApplicationTable table;
    private readonly ApplicationCourse course;
    private readonly FindContactDetails contacts;
    private readonly SendOneTimeCode send;
    private readonly CheckOneTimeCode check;

    internal CheckPhone(ApplicationTable table, ApplicationCourse course, FindContactDetails contacts, SendOneTimeCode send, CheckOneTimeCode check) =>
        (this.table, this.course, this.contacts, this.send, this.check) = (table, course, contacts, send, check);

    /// <returns>Where the code went, masked. Or, first match: <see cref="ApplicationNotFound"/>, <see cref="StepNotPossible"/>, <see cref="PhoneDiffers"/>, and those of <see cref="SendOneTimeCode"/>.</returns>
    public async Task<Result<OneTimeCodeSent>> SendAsync(CustomerId customer, Guid id, string phone, CancellationToken cancellation)
    {
        var found = await FindAsync(customer, id, cancellation);
        if (!found.IsSuccess)
            return found.Error;
        if (PhoneNumber.Find(phone) is not { } entered || PhoneNumber.Find((await contacts.RunAsync(customer, cancellation))?.Phone) != entered)
            return new PhoneDiffers();
        return await send.RunAsync(new OneTimeCodeRequest(OneTimeCodePurpose.Contact, Binding(id), customer, entered.Value), cancellation);
    }

    /// <returns>The application: wake its workflow. Or, first match: <see cref="ApplicationNotFound"/>, <see cref="StepNotPossible"/>, and those of <see cref="CheckOneTimeCode"/>.</returns>
    public async Task<Result<ProductApplication>> RunAsync(CustomerId customer, Guid id, string code, CancellationToken cancellation)
    {
        var found = await FindAsync(customer, id, cancellation);
        if (!found.IsSuccess)
            return found.Error;
        var taken = await check.RunAsync(OneTimeCodePurpose.Contact, Binding(id), code, cancellation);
        if (!taken.IsSuccess)
            return taken.Error;
        var record = await table.ChangeAsync(
            found.Value,
            it => it is { State: ApplicationState.WaitingForIdentification, Card.PhoneProvenAt: null } ? it with { Card = it.Card with { PhoneProvenAt = course.Now } } : null,
            CancellationToken.None);
        return record.It.Card.PhoneProvenAt is not null ? record.It : new StepNotPossible(record.It.SeenAt(course.Now).State);
    }

    private async Task<Result<ApplicationRecord>> FindAsync(CustomerId customer, Guid id, CancellationToken cancellation)
    {
        if (await table.FindAsync(id, cancellation) is not { } record || record.It.Customer != customer || record.It.Product != ApplicationProduct.CreditCard)
            return new ApplicationNotFound();
        return record.It.SeenAt(course.Now) is var it && it is { State: ApplicationState.WaitingForIdentification, Card.PhoneProvenAt: null } ? record : new StepNotPossible(it.State);
    }

    /// <summary>By the day: who has spent the tries of one may begin again the next.</summary>
    private string Binding(Guid id) =>
        $"card application {id:N} {LocalDatePattern.CreateWithInvariantCulture("uuuuMMdd").Format(course.Now.InZone(BankTime.Tirane).Date)}";
}
