"""Money moves between two named accounts, to the penny; nothing else in the model writes a book.

Assets are positive, claims on them (payable, borrowings, equity) negative: every row of the book, and every posting,
sums to zero. `post` is the only primitive; the rest are the bookings that trade needs.
"""

from simulation.kernel import kernel
from simulation.state.codes import (
    BORROWINGS,
    CASH_CLEAN,
    CASH_DIRTY,
    COST_OF_SALES,
    DRAWINGS,
    EQUITY,
    FIXED,
    FLOWS,
    INVESTMENT,
    LEGAL_ECONOMY,
    LOSS,
    PAYABLE,
    RECEIVABLE,
    SALES,
    STOCK_AT_COST,
    WRITE_OFF,
)


@kernel
def post(book, to_owner, to_account, from_owner, from_account, pence):
    """`pence` are debited to one account and credited to another."""
    book[to_owner, to_account] += pence
    book[from_owner, from_account] -= pence


@kernel
def pay(ledger, payer, payer_account, payee, payee_account, pence, flow):
    """Cash passes from payer to payee for good: an expense here, an income there."""
    book = ledger.book
    post(book, payee, payee_account, payer, payer_account, pence)
    post(book, payer, EQUITY, payee, EQUITY, pence)
    ledger.flow[payer, flow] -= pence
    ledger.flow[payee, flow] += pence


@kernel
def sell(ledger, seller, buyer, stock_pence, cash_pence, credit_pence, seller_cash, buyer_cash, buyer_stocks):
    """Goods change hands: part paid now, part on tick; the seller's stock falls by its cost.

    A buyer that trades on (`buyer_stocks`) books the goods at what it paid; a customer's purchase is an expense.
    """
    book = ledger.book
    price = cash_pence + credit_pence
    post(book, seller, seller_cash, buyer, buyer_cash, cash_pence)
    post(book, seller, RECEIVABLE, buyer, PAYABLE, credit_pence)
    # the seller's side: income, and the cost of what it sold
    post(book, buyer, STOCK_AT_COST if buyer_stocks else EQUITY, seller, EQUITY, price)
    post(book, seller, EQUITY, seller, STOCK_AT_COST, stock_pence)
    ledger.flow[seller, SALES] += price
    ledger.flow[seller, COST_OF_SALES] -= stock_pence
    if not buyer_stocks:
        ledger.flow[buyer, SALES] -= price


@kernel
def settle(ledger, debtor, creditor, pence):
    """A debt is paid in cash: the debtor owes less, the creditor is owed less."""
    book = ledger.book
    post(book, creditor, CASH_DIRTY, debtor, CASH_DIRTY, pence)
    post(book, debtor, PAYABLE, creditor, RECEIVABLE, pence)


@kernel
def write_off(ledger, debtor, creditor, pence):
    """A debt is given up: the creditor bears it, the debtor's books are relieved."""
    book = ledger.book
    post(book, debtor, PAYABLE, creditor, RECEIVABLE, pence)
    post(book, creditor, EQUITY, debtor, EQUITY, pence)
    ledger.flow[creditor, WRITE_OFF] -= pence
    ledger.flow[debtor, WRITE_OFF] += pence


@kernel
def lend(ledger, borrower, pence):
    """A lender of the legal economy hands over cash, or takes it back (less than 0): its claim stands in both books."""
    book = ledger.book
    post(book, borrower, CASH_DIRTY, LEGAL_ECONOMY, CASH_CLEAN, pence)
    post(book, LEGAL_ECONOMY, FIXED, borrower, BORROWINGS, pence)


@kernel
def forgive(ledger, borrower, pence):
    """A loan is given up: the lender bears it."""
    book = ledger.book
    post(book, borrower, BORROWINGS, LEGAL_ECONOMY, FIXED, pence)
    post(book, LEGAL_ECONOMY, EQUITY, borrower, EQUITY, pence)
    ledger.flow[LEGAL_ECONOMY, WRITE_OFF] -= pence
    ledger.flow[borrower, WRITE_OFF] += pence


@kernel
def lose_stock(ledger, owner, pence):
    """Goods are gone (seized, spoilt, ripped off): their cost is a loss of the owner."""
    post(ledger.book, owner, EQUITY, owner, STOCK_AT_COST, pence)
    ledger.flow[owner, LOSS] -= pence


@kernel
def exchange(ledger, owner, to_account, from_account, pence):
    """Value moves between two accounts of one owner (laundering, buying stock for cash)."""
    post(ledger.book, owner, to_account, owner, from_account, pence)


@kernel
def cash(ledger, owner):
    """All cash of an owner, in pence."""
    return ledger.book[owner, CASH_DIRTY] + ledger.book[owner, CASH_CLEAN]


@kernel
def earned(ledger, owner):
    """What this week has brought a business and cost it so far, in pence, beside what owners gave and took."""
    total = -ledger.flow[owner, INVESTMENT] - ledger.flow[owner, DRAWINGS]
    for flow in range(FLOWS):
        total += ledger.flow[owner, flow]
    return total


@kernel
def open_books(ledger, owner):
    """A new business starts with nothing and owes nothing."""
    for account in range(ledger.book.shape[1]):
        ledger.book[owner, account] = 0
    for flow in range(ledger.flow.shape[1]):
        ledger.flow[owner, flow] = 0
