"""A map without a mistake: a fork, a way back, a side stage, a client stage, every reference used once."""

CLEAN = """\
name: Selling packing machines
language: en
owner: Head of sales
objective:
  text: Win twenty plants this year
starting_point: {stage: noticed}
personas:
  - {key: plant, name: Plant manager}
departments:
  - {key: marketing, name: Marketing}
  - {key: sales, name: Sales}
measures:
  - {key: cycle_length, name: Length of the cycle}
  - {key: win_rate, name: Win rate}
points_that_count:
  - {counts: win, stage: signed}
stages:
  - key: noticed
    name: Problem noticed
    about: lead
    department: marketing
    details: Marketing sends the guide and notes which page was read.
    buyer_gets: A guide to the ten usual stops of a line
    criteria:
      - {key: asked, text: The buyer has asked for a call, weight: 10}
  - key: need
    name: Need understood
    department: sales
    details: The rep walks along the line with the plant manager.
    buyer_gets: A list of the longest stops
    questions:
      - {key: cost, text: What does an hour of standstill cost you?}
      - {key: before, text: What have you tried so far?}
    substages:
      - {key: phone, name: First call}
      - {key: walk, name: Walk along the line}
    criteria:
      - {key: priced, text: The cost of an hour is named, weight: 12.5, proof: {answer: cost}}
      - {key: sponsor, text: The plant manager has named who decides, weight: 17.5}
  - key: pilot
    name: Machine on trial
    department: sales
    details: The buyer runs one machine for a week.
    buyer_needs: To see it work in their own plant
    criteria:
      - {key: ran, text: The trial week is finished, weight: 20}
  - key: visit
    name: Visit to a client
    department: sales
    details: The buyer sees a machine in another plant.
    buyer_needs: To hear it from someone who uses it
    criteria:
      - {key: seen, text: The buyer has talked with the client, weight: 20}
  - key: offer
    name: Proposal under review
    department: sales
    details: The buyer goes through the proposal with the board.
    buyer_gets: A price that holds for sixty days
    criteria:
      - {key: figures, text: The board has confirmed the figures, weight: 15}
  - key: signed
    name: Contract signed
    sale: true
    department: sales
    details: Both sides sign and agree on the day of delivery.
    buyer_gets: A fixed day of delivery
    criteria:
      - {key: contract, text: The contract is signed by both sides, weight: 25}
  - key: waiting
    name: Waiting for a budget
    department: sales
    details: The rep calls on the day that the buyer named.
    buyer_gets: News of machines that fit their line
    criteria:
      - {key: again, text: A new day for a talk is agreed}
  - key: running
    name: Line running
    about: client
    department: sales
    details: Service visits after a month and after a year.
    buyer_gets: A report of the standstill that was saved
transitions:
  - {source: noticed, target: need}
  - {source: need, target: pilot, kind: branch}
  - {source: need, target: visit, kind: branch}
  - {source: pilot, target: offer}
  - {source: visit, target: offer}
  - {source: offer, target: need, kind: way_back}
  - {source: offer, target: signed}
  - {source: signed, target: running}
  - {source: waiting, target: need, kind: way_back}
ways_out:
  - {key: lost, name: Not for us, kind: "no"}
  - {key: later, name: Not this year, kind: not_now, sources: [need, offer], target: waiting}
"""
