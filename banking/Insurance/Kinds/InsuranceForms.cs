using System.Text.Json.Serialization;
using NodaTime;
using Serverless.Banking.Customers;

namespace Serverless.Banking.Insurance;

/// <summary>What a customer says about what is to be insured, so that insurers can make offers. One record per kind: its members, their types and their rules are declared there and nowhere else.</summary>
[JsonDerivedType(typeof(TplQuestions), "tpl"), JsonDerivedType(typeof(AutoSosQuestions), "auto_sos"), JsonDerivedType(typeof(MiniKaskoQuestions), "mini_kasko")]
[JsonDerivedType(typeof(GreenCardQuestions), "green_card"), JsonDerivedType(typeof(PropertyQuestions), "property"), JsonDerivedType(typeof(FilledHealthQuestions), "health")]
[JsonDerivedType(typeof(PersonalAccidentQuestions), "personal_accident"), JsonDerivedType(typeof(StudentAbroadQuestions), "student_abroad")]
[JsonDerivedType(typeof(TelehealthQuestions), "telehealth"), JsonDerivedType(typeof(TravelHealthQuestions), "travel_health")]
public abstract record InsuranceQuestions
{
    internal abstract InsuranceKind Kind { get; }

    /// <summary>Whom or what the policy names.</summary>
    internal abstract string Subject { get; }

    /// <summary>Null where the cover's dates are asked with the purchase.</summary>
    internal virtual Cover? Cover => null;

    /// <summary>What the types cannot say.</summary>
    internal virtual void Check(FormCheck check)
    {
    }

    /// <summary>What the bank's records add. Says everything when it is an error.</summary>
    internal virtual Result<InsuranceQuestions> Fill(ContactDetails? records) => this;
}

/// <summary>What a kind asks for besides when one of its offers is bought. Kinds that ask for nothing more have none.</summary>
[JsonDerivedType(typeof(TplDetails), "tpl"), JsonDerivedType(typeof(AutoSosDetails), "auto_sos"), JsonDerivedType(typeof(MiniKaskoDetails), "mini_kasko")]
[JsonDerivedType(typeof(GreenCardDetails), "green_card"), JsonDerivedType(typeof(PropertyDetails), "property")]
public abstract record InsuranceDetails
{
    internal abstract InsuranceKind Kind { get; }

    internal abstract Cover Cover { get; }

    /// <param name="questions">Of the same kind.</param>
    internal virtual void Check(FormCheck check, InsuranceQuestions questions) => check.NotPast(Cover.Start, "start");
}

/// <param name="End">The last day; null: the insurer's policy says it.</param>
public sealed record Cover(LocalDate Start, LocalDate? End);

/// <summary>Collects what is wrong with a form, each fault with its JSON pointer.</summary>
/// <param name="member">Of the body, that the form is.</param>
internal sealed class FormCheck(string member, LocalDate today, InsuranceLists lists)
{
    public List<Invalid> Faults { get; } = [];

    public void Add(Func<string, Invalid> fault, string name) => Faults.Add(fault($"/{member}/{name}"));

    public void NotPast(LocalDate start, string name)
    {
        if (start < today)
            Add(field => new InsuranceStartPast(field, today), name);
    }

    public void Ordered(LocalDate start, LocalDate end, string name)
    {
        if (end < start)
            Add(field => new EndBeforeStart(field), name);
    }

    public void Born(LocalDate date, string name)
    {
        if (date > today)
            Add(field => new BirthDateInFuture(field), name);
    }

    public void City(string code, string name) => Listed(lists.Cities, code, name);

    public void Zone(string code, string name) => Listed(lists.TravelZones, code, name);

    public void ClientType(string code, string name) => Listed(lists.ClientTypes, code, name);

    public void CoverOption(string code, string name) => Listed(lists.CoverOptions, code, name);

    /// <summary>Nobody is insured twice (PAY-26): every further one is a fault.</summary>
    public void Different(PersonalNumber first, IReadOnlyList<PersonalNumber> others, string name)
    {
        var known = new HashSet<PersonalNumber> { first };
        for (var i = 0; i < others.Count; i++)
        {
            if (!known.Add(others[i]))
                Add(field => new PersonRepeated(field), string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{name}/{i}"));
        }
    }

    private void Listed(IReadOnlyList<ListedValue> values, string code, string name)
    {
        if (values.All(value => value.Code != code))
            Add(field => new InsuranceValueUnknown(field), name);
    }
}
